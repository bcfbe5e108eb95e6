import { shownReading } from "@withings-bridge/core"
import type { ToServices } from "./featureService.ts"
import { status } from "./status.ts"

/** In bed. Core decides what is shown, with the delays of the bed and what it is while nothing is known. */
export const occupancy: ToServices = (descriptor, feature, settings) => {
  if (!settings.presence) return []
  if (descriptor.deviceClass === "household" && !settings.anyoneInBed) return []
  const reading = shownReading(feature)
  return [
    {
      type: "OccupancySensor",
      subtype: feature.key,
      name: descriptor.name,
      characteristics: [
        { type: "OccupancyDetected", value: reading?.value ?? null },
        ...status(descriptor.availability, reading === null || reading.stale),
      ],
    },
  ]
}
