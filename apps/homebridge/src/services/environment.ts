import { type DeviceDescriptor, type Feature, isOfTheRoom } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { status } from "./status.ts"
import { temperatureSensor } from "./temperatureSensor.ts"

/** What HomeKit has sensors for: temperature and carbon dioxide of the room. */
export const environment = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  const { reading, unit } = feature
  if (reading === null || !isOfTheRoom(descriptor, feature)) return []
  if (unit?.ucum === "Cel") {
    return temperatureSensor(descriptor, feature, { subtype: feature.key, language: settings.language })
  }
  if (unit?.ucum !== "[ppm]") return []
  return [
    {
      type: "CarbonDioxideSensor",
      subtype: feature.key,
      name: `${descriptor.name} ${feature.name[settings.language]}`,
      characteristics: [
        { type: "CarbonDioxideDetected", value: reading.value >= settings.carbonDioxideAbove ? 1 : 0 },
        { type: "CarbonDioxideLevel", value: Math.min(100_000, Math.max(0, reading.value)) },
        ...status(descriptor.availability, reading.stale),
      ],
    },
  ]
}
