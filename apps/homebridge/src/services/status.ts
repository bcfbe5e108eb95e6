import type { DeviceDescriptor } from "@withings-bridge/core"
import type { AppleCharacteristic } from "../Plan.ts"

/**
 * Other HomeKit apps than Home show these two. A lost sign-in is a fault that the user can mend; an old reading is
 * inactive, but no fault.
 */
export const status = (
  availability: DeviceDescriptor["availability"],
  stale: boolean,
): ReadonlyArray<AppleCharacteristic> => [
  { type: "StatusActive", value: availability === "available" && !stale },
  { type: "StatusFault", value: availability === "available" ? 0 : 1 },
]
