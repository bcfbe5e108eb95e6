import type { KindKey } from "../measure/measureKinds.ts"

/** Values of which a person has a usual range of their own. */
export const baselineKinds = [
  "sleep-heart-rate-average",
  "sleep-rmssd-end",
  "sleep-respiration-rate-average",
  "skin-temperature",
] as const satisfies ReadonlyArray<KindKey>

/** All that insights are worked out of. */
export const insightKinds: ReadonlyArray<KindKey> = [
  "weight",
  "blood-pressure-systolic",
  "blood-pressure-diastolic",
  "sleep-time-in-bed",
  ...baselineKinds,
]
