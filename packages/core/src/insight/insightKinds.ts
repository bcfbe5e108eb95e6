import type { KindKey } from "../measure/measureKinds.ts"

/** Kinds with a usual range for each person. */
export const baselineKinds = [
  "sleep-heart-rate-average",
  "sleep-rmssd-end",
  "sleep-respiration-rate-average",
  "skin-temperature",
] as const satisfies ReadonlyArray<KindKey>

/** All kinds that insights are computed from. */
export const insightKinds: ReadonlyArray<KindKey> = [
  "weight",
  "blood-pressure-systolic",
  "blood-pressure-diastolic",
  "sleep-time-in-bed",
  ...baselineKinds,
]
