import type { KindKey } from "../measure/measureKinds.ts"
import type { DeviceClass } from "./DeviceDescriptor.ts"

export interface SureFeatures {
  /** Kinds that every device of the class measures sooner or later. */
  readonly kinds: ReadonlyArray<KindKey>
  readonly presence: boolean
  readonly measured: boolean
}

/**
 * Features that a device has before its first reading, so that automations can be written from the first minute. All
 * others appear with their first reading, including the battery, which Withings does not report for every device.
 */
export const sureFeatures: Readonly<Record<DeviceClass, SureFeatures>> = {
  scale: { kinds: ["weight"], presence: false, measured: true },
  "blood-pressure-monitor": {
    kinds: ["blood-pressure-systolic", "blood-pressure-diastolic", "heart-rate"],
    presence: false,
    measured: true,
  },
  "sleep-monitor": { kinds: ["sleep-duration"], presence: true, measured: true },
  thermometer: { kinds: ["body-temperature"], presence: false, measured: true },
  "activity-tracker": { kinds: [], presence: false, measured: true },
  other: { kinds: [], presence: false, measured: false },
  person: { kinds: [], presence: false, measured: false },
  household: { kinds: [], presence: false, measured: false },
}
