import { shownReading } from "@withings-bridge/core"
import type { ToServices } from "./featureService.ts"
import { status } from "./status.ts"

/** In bed. The core applies the delays and decides what an unknown bed shows. */
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
