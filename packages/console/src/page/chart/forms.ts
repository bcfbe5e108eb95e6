import type { Feature } from "@withings-bridge/core"
import { summedKinds } from "../../ConsoleState.ts"

/**
 * How a kind is drawn. `line`: a value that holds until the next one. `trend`: single values and their moving mean.
 * `points`: single values without a line. `band`: lowest to highest of each stretch.
 * `bars`: what is counted. `stack`: bars of parts. `pressure`: from diastolic to systolic. `hypnogram`: the stages of a
 * night. `schedule`: nights from bedtime to wake-up. `results`: verdicts, a row each. `ecg`: the curve of a recording.
 * `workouts`: a timeline and a list. `compared`: two lines.
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

interface Drawn {
  readonly form: Form
  /** Keys of what is drawn together, the main one first; only the kind itself where there are none. */
  readonly parts?: ReadonlyArray<string>
  /** Keys of what is drawn too if the person has it. */
  readonly besides?: ReadonlyArray<string>
  /** Seconds without a value after which a line is broken. */
  readonly gap?: number
  /** Key of the kind that holds the goal. */
  readonly goal?: string
}

const hour = 3600
const day = 24 * hour

const pressure: Drawn = {
  form: "pressure",
  parts: ["blood-pressure-systolic", "blood-pressure-diastolic"],
  gap: 30 * day,
}

const special: Readonly<Record<string, Drawn>> = {
  weight: { form: "trend", gap: 45 * day, goal: "goal-weight" },
  "blood-pressure-systolic": pressure,
  "blood-pressure-diastolic": pressure,
  "fat-mass": { form: "stack", parts: ["fat-mass", "muscle-mass", "bone-mass"] },
  "sleep-duration": {
    form: "stack",
    parts: ["sleep-light-duration", "sleep-rem-duration", "sleep-deep-duration"],
    goal: "goal-sleep",
  },
  "sleep-time-in-bed": { form: "schedule" },
  "night-state": { form: "hypnogram", parts: ["night-state", "sleep-time-in-bed"], gap: 3 * hour },
  "intraday-heart-rate": { form: "band", besides: ["sleep-heart-rate-average"], gap: 2 * hour },
  "afib-ecg": { form: "ecg" },
  "night-heart-rate": { form: "band", gap: hour },
  "heart-rate": { form: "points" },
  steps: { form: "bars", goal: "goal-steps" },
  "workout-category": {
    form: "workouts",
    parts: [
      "workout-category",
      "workout-duration",
      "workout-distance",
      "workout-calories",
      "workout-heart-rate-average",
    ],
  },
}

/** The heart rate during a workout, for persons without a current reading too. */
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

const ordinary = ({ category, key, nature }: Feature): Drawn => {
  if (nature === "verdict") return { form: "results" }
  // A line would cross the whole day at midnight.
  if (nature === "time") return { form: "points" }
  if (nature === "counter" || summedKinds.has(key)) return { form: "bars" }
  if (singles.test(key)) return { form: "points" }
  if (key.startsWith("intraday-") || key.startsWith("night-")) return { form: "line", gap: 2 * hour }
  return { form: "line", gap: category === "sleep" ? 3 * day : 45 * day }
}

/** Values of nights that a calendar can show, besides daily counts. */
const calendars: ReadonlySet<string> = new Set(["sleep-duration", "sleep-score"])

export const hasCalendar = ({ key, nature }: Feature): boolean =>
  (nature === "counter" && !summedKinds.has(key)) || calendars.has(key)

/** Values that vary little in health; their usual range is drawn behind them. */
const usuals = /^(temperature|body-temperature|skin-temperature|spo2|intraday-spo2)$/

export const hasUsualRange = ({ key }: Feature): boolean => usuals.test(key)

/** Seconds without a value after which a line of this feature is broken. */
export const gapOf = (feature: Feature): number =>
  (special[feature.key] ?? ordinary(feature)).gap || (feature.nature === "counter" ? 3 * day : 45 * day)

/** Whether a feature can be drawn as a line next to another one. */
export const isComparable = ({ derived, nature }: Feature): boolean =>
  derived !== true && (nature === "value" || nature === "counter")

/** How a feature is drawn, given all features of its person. A whole is drawn only when none of its parts is missing. */
export const drawnAs = (chosen: Feature, all: ReadonlyArray<Feature>) => {
  const wanted = special[chosen.key]
  const find = (keys: ReadonlyArray<string>) =>
    keys.flatMap((key) => all.find((feature) => feature.key === key) ?? [])
  const { besides = [], parts = [chosen.key] } = wanted ?? {}
  const found = find(parts)
  const isWhole = wanted?.form === "workouts" || found.length === parts.length
  const { form, gap = 0 } = wanted && isWhole ? wanted : ordinary(chosen)
  return {
    form,
    gap,
    features: wanted && isWhole ? [...found, ...find(besides)] : [chosen],
    goal: all.find(({ key }) => key === wanted?.goal)?.reading?.value ?? null,
  }
}
