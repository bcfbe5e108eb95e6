import type { KindKey } from "./measureKinds.ts"

/** How much a household wants to see: what people look at, or every number there is. */
export type ShownValues = "essential" | "all"

/**
 * What people look at, about a dozen for each kind of device. Everything else is kept too, and shown when a household
 * asks for all values. Parts of the body, naps and the minutes of a day or night are never essential.
 */
export const essentialKinds: ReadonlySet<string> = new Set<KindKey>([
  // A scale.
  "weight",
  "fat-ratio",
  "fat-mass",
  "muscle-mass",
  "bone-mass",
  "hydration",
  "visceral-fat",
  "bmi",
  "weight-change-7-days",
  "weight-change-30-days",
  "pulse-wave-velocity",
  "vascular-age",
  "nerve-health-feet",
  // A blood-pressure monitor.
  "blood-pressure-systolic",
  "blood-pressure-diastolic",
  "heart-rate",
  "afib-ecg",
  "days-since-blood-pressure",
  // A sleep mat.
  "sleep-score",
  "sleep-duration",
  "sleep-light-duration",
  "sleep-deep-duration",
  "sleep-rem-duration",
  "sleep-awake-count",
  "sleep-latency",
  "sleep-heart-rate-average",
  "sleep-respiration-rate-average",
  "sleep-snoring-duration",
  "sleep-breathing-disturbances",
  // Worked out of the last weeks.
  "weight-trend",
  "weight-trend-rate",
  "sleep-regularity",
  "sleep-heart-rate-average-unusual",
  "sleep-rmssd-end-unusual",
  "sleep-respiration-rate-average-unusual",
  "skin-temperature-unusual",
  "blood-pressure-class-esc-2024",
  "blood-pressure-class-acc-aha-2017",
  // A thermometer, and what a watch measures at the wrist.
  "temperature",
  "body-temperature",
  "skin-temperature",
  "spo2",
  "vo2max",
  "afib-ppg",
  "workout-category",
  "workout-duration",
  "workout-distance",
  "workout-calories",
  // A day, and what a person set out to reach.
  "steps",
  "distance",
  "elevation",
  "calories",
  "active-duration",
  "day-heart-rate-average",
  "steps-to-goal",
  "sleep-to-goal",
  "weight-to-goal",
  "days-since-weight",
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
