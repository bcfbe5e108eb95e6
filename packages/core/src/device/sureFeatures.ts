import type { KindKey } from "../measure/measureKinds.ts"
import type { DeviceClass } from "./DeviceDescriptor.ts"

export interface SureFeatures {
  /** Kinds that every device of the class tells sooner or later. */
  readonly kinds: ReadonlyArray<KindKey>
  readonly presence: boolean
  readonly measured: boolean
}

/**
 * What a device has before its first reading, so that a home can show it, and automations can be written, from the
 * first minute. Only what is sure: everything else appears with its first reading, a battery too, since Withings
 * knows none of some devices.
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
