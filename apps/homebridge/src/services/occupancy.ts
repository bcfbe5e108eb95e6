import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { status } from "./status.ts"

/**
 * In bed. "Occupied" that has gone stale is provably no longer true (nobody lies in bed for days) and becomes
 * unknown; "not occupied" stays true for as long as nobody lies down.
 */
export const occupancy = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  if (!settings.presence) return []
  if (descriptor.deviceClass === "household" && !settings.anyoneInBed) return []
  const reading = feature.reading
  const outdated = reading !== null && reading.stale && reading.value === 1
  return [
    {
      type: "OccupancySensor",
      subtype: feature.key,
      name: descriptor.name,
      characteristics: [
        { type: "OccupancyDetected", value: reading === null || outdated ? null : reading.value },
        ...status(descriptor.availability, reading === null || reading.stale),
      ],
    },
  ]
}
