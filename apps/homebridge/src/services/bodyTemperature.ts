import { type DeviceDescriptor, type Feature, isOfTheRoom } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"
import { temperatureSensor } from "./temperatureSensor.ts"

/** One measurement of a thermometer brings all three: the corrected one is what people mean. */
const best = ["body-temperature", "temperature", "skin-temperature"]

/**
 * One sensor for each device. Off by default, because Siri takes every temperature of a room for the room's.
 */
export const bodyTemperature = (
  descriptor: DeviceDescriptor,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  if (!settings.bodyTemperature) return []
  const ofBody = descriptor.features.filter(
    (feature) => feature.reading !== null && !isOfTheRoom(descriptor, feature),
  )
  const [chosen] = best.flatMap((kind) => ofBody.find((feature) => isPlain(feature, kind)) ?? [])
  return chosen === undefined
    ? []
    : temperatureSensor(descriptor, chosen, { subtype: "body-temperature", language: settings.language })
}

const isPlain = (feature: Feature, kind: string) => feature.key === kind && feature.nature === "value"
