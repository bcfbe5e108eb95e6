import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { status } from "./status.ts"

/**
 * What HomeKit has sensors for: temperature and carbon dioxide. A body's temperature is off by default, because
 * Siri takes every temperature of a room for the room's.
 */
export const environment = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  const reading = feature.reading
  if (reading === null) return []
  const named = { subtype: feature.key, name: `${descriptor.name} ${feature.name[settings.language]}` }
  const standing = status(descriptor.availability, reading.stale)
  const ofTheRoom = isOfTheRoom(descriptor, feature)
  if (
    feature.unit?.ucum === "Cel" &&
    (ofTheRoom || (settings.bodyTemperature && feature.category === "temperature"))
  ) {
    const range = { min: -50, max: 100 }
    const value = Math.min(range.max, Math.max(range.min, reading.value))
    return [
      {
        type: "TemperatureSensor",
        ...named,
        characteristics: [{ type: "CurrentTemperature", value, range }, ...standing],
      },
    ]
  }
  if (ofTheRoom && feature.unit?.ucum === "[ppm]") {
    return [
      {
        type: "CarbonDioxideSensor",
        ...named,
        characteristics: [
          { type: "CarbonDioxideDetected", value: reading.value >= settings.carbonDioxideAbove ? 1 : 0 },
          { type: "CarbonDioxideLevel", value: Math.min(100_000, Math.max(0, reading.value)) },
          ...standing,
        ],
      },
    ]
  }
  return []
}

/** Withings calls the air around a scale and the skin under a thermometer alike "temperature". */
const isOfTheRoom = ({ deviceClass }: DeviceDescriptor, { category, kind }: Feature): boolean =>
  category === "environment" || (kind === "temperature" && deviceClass === "scale")
