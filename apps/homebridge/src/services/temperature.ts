import { type DeviceDescriptor, isOfTheRoom, type Reading } from "@withings-bridge/core"
import type { AppleCharacteristic, ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { featureService } from "./featureService.ts"
import { status } from "./status.ts"

const range = { min: -50, max: 100 }

export const temperature = (
  { availability }: DeviceDescriptor,
  { stale, value }: Reading,
): ReadonlyArray<AppleCharacteristic> => [
  { type: "CurrentTemperature", value: Math.min(range.max, Math.max(range.min, value)), range },
  ...status(availability, stale),
]

/** One measurement of a thermometer brings all three: the corrected one is what people mean. */
const best = ["body-temperature", "temperature", "skin-temperature"]

/** One sensor for each device. Off by default, because Siri takes every temperature of a room for the room's. */
export const bodyTemperature = (
  descriptor: DeviceDescriptor,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  if (!settings.bodyTemperature) return []
  const [feature] = best.flatMap(
    (kind) =>
      descriptor.features.find(
        (each) =>
          each.key === kind &&
          each.nature === "value" &&
          each.reading !== null &&
          !isOfTheRoom(descriptor, each),
      ) ?? [],
  )
  if (feature === undefined || feature.reading === null) return []
  const characteristics = temperature(descriptor, feature.reading)
  const service = featureService(descriptor, settings, {
    type: "TemperatureSensor",
    feature,
    characteristics,
  })
  return [{ ...service, subtype: "body-temperature" }]
}
