import { kindOf, type Feature, PersonId } from "@withings-bridge/core"

/** A household whose values are the same at every hour: 21 November 2026, 20:00 UTC. */
export const now = Date.UTC(2026, 10, 21, 20) / 1000

const day = 86_400
const midnight = now - (now % day)

/** Reproducible noise, −1 to 1. */
const noise = (index: number, seed: number): number => {
  const wave = Math.sin(index * 12.9898 + seed * 78.233) * 43_758.5453
  return (wave - Math.floor(wave)) * 2 - 1
}

type Points = ReadonlyArray<readonly [at: number, value: number]>

const days = (count: number, at: number, valueOf: (index: number) => number | null): Points =>
  Array.from({ length: count }, (_, index) => {
    const value = valueOf(index)
    return value === null ? [] : [[midnight - (count - 1 - index) * day + at, value] as const]
  }).flat()

const night = (index: number) => 7.5 * 3600 + noise(index, 3) * 3600
const stages = [0, 1, 2, 1, 3, 1, 2, 1, 3, 0, 1, 3, 1, 0]

const nights = days(60, 7 * 3600, (index) => (index % 9 === 4 ? null : Math.round(night(index))))

const workouts = days(30, 18 * 3600, (index) => (index % 4 === 1 ? ([1, 2, 6][index % 3] ?? 1) : null))

/** The values of each kind, oldest first. */
const past: Readonly<Record<string, Points>> = {
  weight: days(400, 7 * 3600, (index) => (index % 3 === 2 ? null : 81 - index / 120 + noise(index, 1) * 0.7)),
  "fat-mass": days(400, 7 * 3600, (index) => 14 + noise(index, 4) * 0.4),
  "muscle-mass": days(400, 7 * 3600, (index) => 62 + noise(index, 5) * 0.6),
  "bone-mass": days(400, 7 * 3600, () => 3.3),
  steps: days(400, 0, (index) => (index % 11 === 5 ? null : Math.round(8000 + noise(index, 2) * 5000))),
  "blood-pressure-systolic": days(60, 8 * 3600, (index) => Math.round(128 + noise(index, 6) * 18)),
  "blood-pressure-diastolic": days(60, 8 * 3600, (index) => Math.round(80 + noise(index, 7) * 12)),
  spo2: days(60, 9 * 3600, (index) => Math.round(96.5 + noise(index, 8) * 2)),
  "pulse-wave-velocity": days(100, 7 * 3600, (index) =>
    index > 30 && index < 80 ? null : 7 + noise(index, 9) * 0.4,
  ),
  "sleep-time-in-bed": nights,
  "sleep-heart-rate-average": days(60, 7 * 3600, (index) => Math.round(58 + noise(index, 10) * 4)),
  "night-state": [
    ...nights.slice(0, -1).flatMap(([to, lasting], at) =>
      stages.map((_, index) => {
        const state = stages[(index + at) % stages.length] ?? 0
        return [Math.round(to - lasting + (index * lasting) / stages.length), state] as const
      }),
    ),
    ...stages.map((state, index) => [midnight - 1800 + index * 1860, state] as const),
  ],
  "intraday-heart-rate": Array.from({ length: 900 }, (_, index) => {
    const at = now - (900 - index) * 600
    const hour = (at % day) / 3600
    return hour < 7
      ? null
      : ([at, Math.round(76 + noise(index, 11) * 14 + (index % 140 === 9 ? 40 : 0))] as const)
  }).filter((point) => point !== null),
  "afib-ecg": days(30, 10 * 3600, (index) => (index % 9 === 4 ? (index === 13 ? 2 : 0) : null)),
  "workout-category": workouts,
  "workout-duration": workouts.map(([at], index) => [at, 1800 + 600 * (index % 4)]),
  "workout-distance": workouts.map(([at], index) => [at, 3000 + 900 * index]),
  "workout-calories": workouts.map(([at], index) => [at, 200 + 40 * index]),
  "workout-heart-rate-average": workouts.map(([at], index) => [at, 118 + 3 * index]),
}

/** The bridge's answer for a chart; Ben weighs less than Ann. */
export const pointsFor = ({ feature = "", from, personId, to }: Record<string, string>): Points =>
  (past[feature] ?? [])
    .filter(([at]) => at >= Number(from) && at <= Number(to))
    .map(([at, value]) => [at, personId === "ben" ? value * 0.94 : value])

/** Ten seconds of a heart at 60, at 300 Hz. */
export const ecgCurve = {
  samplingFrequency: 300,
  position: null,
  microvolts: Array.from({ length: 3000 }, (_, index) => {
    const beat = (index % 300) / 300
    const wave = (at: number, width: number, height: number) =>
      height * Math.exp(-(((beat - at) / width) ** 2))
    return Math.round(
      wave(0.2, 0.03, 110) + wave(0.37, 0.01, 950) + wave(0.4, 0.01, -200) + wave(0.62, 0.05, 260),
    )
  }),
}

const features: ReadonlyArray<Feature> = Object.entries({
  ...past,
  "goal-steps": [[now, 10_000] as const],
  "goal-weight": [[now, 76] as const],
}).map(([key, points]) => {
  const [at, value] = points.at(-1) ?? [now, 0]
  const { name, nature, category, unit, decimals, min, max, verdicts } = kindOf(key)
  const reading = { at, value, stale: false }
  const shape = { key, kind: key, nature, category, name, unit, decimals, min, max, reading }
  return verdicts === undefined ? shape : { ...shape, verdicts }
})

const person = (id: string, name: string) => ({
  id,
  name,
  withingsUserId: id,
  standing: { state: "signed-in", since: 0, lastSuccess: now, nextTry: null, reason: null },
})

const device = (personId: PersonId, personName: string) => ({
  id: `watch-${personId}`,
  deviceClass: "watch",
  personId,
  personName,
  deviceId: `watch-${personId}`,
  manufacturer: "Withings",
  model: "ScanWatch",
  name: `ScanWatch ${personName}`,
  availability: "available",
  features,
})

/** The state for the page. */
export const householdState = {
  household: {
    revision: 1,
    persons: [person("ann", "Ann"), person("ben", "Ben")],
    descriptors: [device(PersonId("ann"), "Ann"), device(PersonId("ben"), "Ben")],
    values: "all",
    leftOut: [],
  },
  settings: {
    hubUrl: null,
    clientId: null,
    hasSecret: false,
    callbackUrl: "",
    profiles: [],
    home: "",
    webhookUrl: null,
    pollEverySeconds: 300,
  },
  sync: { progress: [], consumers: [] },
  homes: [],
  shows: {},
  homeKit: null,
  matter: null,
  troubles: [],
  signIn: null,
}
