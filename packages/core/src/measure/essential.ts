import type { KindKey } from "./measureKinds.ts"

/** How much a household wants to see: what people look at, or every number there is. */
export type ShownValues = "essential" | "all"

/**
 * What people look at, about a dozen for each device of a home. Everything else is kept too, and shown when a household
 * asks for all values. Left out is what follows from others or says the same (fat mass from weight and fat ratio, light
 * sleep from the rest of the night, pulse wave velocity beside vascular age, the distance to a goal, bedtime and wake-up
 * time), all parts of the body, naps, single workouts, and minutes of a day or night.
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
  // Worked out of the last weeks.
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
