import type { Feature } from "@withings-bridge/core"

/**
 * How a kind is drawn. `line`: a value that stands until the next one. `trend`: single values and their moving mean.
 * `points`: single values that say nothing of the time between them. `band`: lowest to highest of each stretch.
 * `bars`: what is counted. `stack`: bars of parts. `pressure`: from diastolic to systolic. `hypnogram`: the stages of a
 * night. `schedule`: nights from bedtime to wake-up. `results`: verdicts, a row each. `ecg`: the curve of a recording.
 * `workouts`: a timeline and a list. `compared`: two lines of whatever kind.
 */
export type Form =
  | "line"
  | "trend"
  | "points"
  | "band"
  | "bars"
  | "stack"
  | "pressure"
  | "hypnogram"
  | "schedule"
  | "results"
  | "ecg"
  | "workouts"
  | "compared"

export interface Drawn {
  readonly form: Form
  /** What is read together, the main one first. */
  readonly keys: ReadonlyArray<string>
  /** What is drawn too if the person has it. */
  readonly besides?: ReadonlyArray<string>
  /** Seconds without a value beyond which nothing is drawn between two values. */
  readonly gap: number
  /** The kind that holds the goal. */
  readonly goal?: string
}

const hour = 3600
const day = 24 * hour

const pressure: Drawn = {
  form: "pressure",
  keys: ["blood-pressure-systolic", "blood-pressure-diastolic"],
  gap: 30 * day,
}
const single = (form: Form, key: string, gap: number, goal?: string): Drawn => ({
  form,
  keys: [key],
  gap,
  ...(goal === undefined ? {} : { goal }),
})

const special: Readonly<Record<string, Drawn>> = {
  weight: single("trend", "weight", 45 * day, "goal-weight"),
  "blood-pressure-systolic": pressure,
  "blood-pressure-diastolic": pressure,
  "fat-mass": {
    form: "stack",
    keys: ["fat-mass", "muscle-mass", "bone-mass"],
    gap: 0,
  },
  "sleep-duration": {
    form: "stack",
    keys: ["sleep-light-duration", "sleep-rem-duration", "sleep-deep-duration"],
    gap: 0,
    goal: "goal-sleep",
  },
  "sleep-time-in-bed": single("schedule", "sleep-time-in-bed", 0),
  "night-state": { form: "hypnogram", keys: ["night-state", "sleep-time-in-bed"], gap: 3 * hour },
  "intraday-heart-rate": {
    ...single("band", "intraday-heart-rate", 2 * hour),
    besides: ["sleep-heart-rate-average"],
  },
  "afib-ecg": single("ecg", "afib-ecg", 0),
  "night-heart-rate": single("band", "night-heart-rate", hour),
  "heart-rate": single("points", "heart-rate", 0),
  steps: single("bars", "steps", 0, "goal-steps"),
  "workout-category": {
    form: "workouts",
    keys: [
      "workout-category",
      "workout-duration",
      "workout-distance",
      "workout-calories",
      "workout-heart-rate-average",
    ],
    gap: 0,
  },
}

/** Kinds of every minute that are counts: their sum over an hour or a day says something, their line does not. */
export const summedKinds: ReadonlySet<string> = new Set([
  "intraday-steps",
  "intraday-calories",
  "intraday-distance",
  "intraday-elevation",
  "intraday-strokes",
  "intraday-pool-laps",
  "night-snoring",
  "night-breathing-sounds",
])

/** The heart rate during a workout, whether or not the person has a reading of it now. */
export const heartRate: Feature = {
  key: "intraday-heart-rate",
  kind: "intraday-heart-rate",
  nature: "value",
  category: "heart",
  name: { en: "Heart rate, continuous", fr: "Fréquence cardiaque continue" },
  unit: { ucum: "/min", symbol: "bpm" },
  decimals: 0,
  min: 20,
  max: 250,
  reading: null,
}

const singles =
  /^(temperature|body-temperature|skin-temperature|spo2|intraday-spo2|vo2max|workout-.*|ecg-.*|qrs|pr|qt|qtc)$/

const ordinary = (feature: Feature): Drawn => {
  const { category, key, nature } = feature
  if (nature === "verdict") return single("results", key, 0)
  // A line would cross the whole day at midnight.
  if (nature === "time") return single("points", key, 0)
  if (nature === "counter" || summedKinds.has(key)) return single("bars", key, 0)
  if (singles.test(key)) return single("points", key, 0)
  if (key.startsWith("intraday-") || key.startsWith("night-")) return single("line", key, 2 * hour)
  return single("line", key, category === "sleep" ? 3 * day : 45 * day)
}

/** Days that a year's calendar can show: counted ones, and nights. */
const calendars: ReadonlySet<string> = new Set(["sleep-duration", "sleep-score"])

export const hasCalendar = ({ key, nature }: Feature): boolean =>
  (nature === "counter" && !summedKinds.has(key)) || calendars.has(key)

/** Single values that differ little in health: where most of the person's lie is shown behind them. */
const usuals = /^(temperature|body-temperature|skin-temperature|spo2|intraday-spo2)$/

export const hasUsualRange = ({ key }: Feature): boolean => usuals.test(key)

/** Seconds without a value beyond which a line of this feature is broken. */
export const gapOf = (feature: Feature): number =>
  (special[feature.key] ?? ordinary(feature)).gap || (feature.nature === "counter" ? 3 * day : 45 * day)

/** What can be drawn as a line beside another: not what is a verdict. */
export const isComparable = ({ derived, nature }: Feature): boolean =>
  derived !== true && (nature === "value" || nature === "counter")

/** How a feature is drawn, given all that its person has: parts of which one is missing do not make up a whole. */
export const drawnAs = (chosen: Feature, all: ReadonlyArray<Feature>) => {
  const wanted = special[chosen.key]
  const found = wanted?.keys.flatMap((key) => all.find((feature) => feature.key === key) ?? []) ?? []
  const complete = wanted !== undefined && found.length === wanted.keys.length
  const drawn = complete || wanted?.form === "workouts" ? wanted : { ...ordinary(chosen), keys: [chosen.key] }
  const besides = drawn.besides?.flatMap((key) => all.find((feature) => feature.key === key) ?? []) ?? []
  return {
    form: drawn.form,
    gap: drawn.gap,
    features: drawn === wanted ? [...found, ...besides] : [chosen],
    goal: all.find(({ key }) => key === wanted?.goal)?.reading?.value ?? null,
  }
}
