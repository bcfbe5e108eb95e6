import type { DeviceDescriptor } from "@withings-bridge/core"
import type { AppleCharacteristic } from "../Plan.ts"

/**
 * Home shows neither of the two, other HomeKit apps do. A lost sign-in is a fault that the user can mend;
 * a reading that only grew old is no fault, but not active either.
 */
export const status = (
  availability: DeviceDescriptor["availability"],
  stale: boolean,
): ReadonlyArray<AppleCharacteristic> => [
  { type: "StatusActive", value: availability === "available" && !stale },
  { type: "StatusFault", value: availability === "available" ? 0 : 1 },
]
