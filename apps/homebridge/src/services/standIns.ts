import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings, StandIn } from "../settings.ts"
import { status } from "./status.ts"

const sensors = {
  lux: {
    type: "LightSensor",
    characteristic: "CurrentAmbientLightLevel",
    range: { min: 0.0001, max: 100_000 },
  },
  humidity: {
    type: "HumiditySensor",
    characteristic: "CurrentRelativeHumidity",
    range: { min: 0, max: 100 },
  },
} as const
const kinds = ["lux", "humidity"] as const

const isFor = (standIn: StandIn, descriptor: DeviceDescriptor, feature: Feature) =>
  standIn.measure === feature.kind && (standIn.person === null || standIn.person === descriptor.personName)

/** A number that Home can automate on, in the clothes of a sensor it knows. The name says so: "Weight as lux". */
export const standIns = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  const reading = feature.reading
  if (reading === null) return []
  return kinds
    .filter((as) =>
      settings.standIns.some((standIn) => standIn.as === as && isFor(standIn, descriptor, feature)),
    )
    .map((as) => {
      const { type, characteristic, range } = sensors[as]
      const value = Math.min(range.max, Math.max(range.min, reading.value))
      return {
        type,
        subtype: `${feature.key}-as-${as}`,
        name: `${descriptor.name} ${feature.name[settings.language]} as ${as}`,
        characteristics: [
          { type: characteristic, value, range },
          ...status(descriptor.availability, reading.stale),
        ],
      }
    })
}
