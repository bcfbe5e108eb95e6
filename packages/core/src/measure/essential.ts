import type { KindKey } from "./measureKinds.ts"

/** How many values homes show of each device. */
export type ShownValues = "essential" | "all"

/**
 * About a dozen values for each device. All others are stored too, and shown when `values` is `all`. Not essential are
 * values that follow from others (fat mass from weight and fat ratio, light sleep from the rest of the night, the distance
 * to a goal), parts of the body, naps, single workouts, and minutes of a day or night.
 */
export const essentialKinds: ReadonlySet<string> = new Set<KindKey>([
  // A scale.
  "weight",
  "fat-ratio",
  "muscle-mass",
  "visceral-fat",
  "bmi",
  "vascular-age",
  "nerve-health-feet",
  // A blood-pressure monitor.
  "blood-pressure-systolic",
  "blood-pressure-diastolic",
  "heart-rate",
  "afib-ecg",
  // A sleep mat.
  "sleep-score",
  "sleep-duration",
  "sleep-deep-duration",
  "sleep-rem-duration",
  "sleep-heart-rate-average",
  "sleep-breathing-disturbances",
  // Computed from the last weeks.
  "weight-trend-rate",
  "sleep-heart-rate-average-unusual",
  "sleep-rmssd-end-unusual",
  "blood-pressure-class-esc-2024",
  "blood-pressure-class-acc-aha-2017",
  // A thermometer, and what a watch measures at the wrist.
  "temperature",
  "body-temperature",
  "skin-temperature",
  "spo2",
  "vo2max",
  "afib-ppg",
  // A day.
  "steps",
  "distance",
  "calories",
  "active-duration",
  // The air of a room.
  "co2",
  "humidity",
  // A urine scanner.
  "urine-ph",
  "urine-specific-gravity",
  "urine-nitrites",
  "urine-ketones",
  "urine-vitamin-c",
  "urine-calcium",
  "urine-creatinine",
  "urine-calcium-creatinine-ratio",
])
