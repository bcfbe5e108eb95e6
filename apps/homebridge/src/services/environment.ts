import { isOfTheRoom } from "@withings-bridge/core"
import { featureService, type ToServices } from "./featureService.ts"
import { status } from "./status.ts"
import { temperature } from "./temperature.ts"

/** What HomeKit has sensors for: temperature and carbon dioxide of the room. */
export const environment: ToServices = (descriptor, feature, settings) => {
  const { reading, unit } = feature
  if (reading === null || !isOfTheRoom(descriptor, feature)) return []
  if (unit?.ucum === "Cel") {
    const characteristics = temperature(descriptor, reading)
    return [featureService(descriptor, settings, { type: "TemperatureSensor", feature, characteristics })]
  }
  if (unit?.ucum !== "[ppm]") return []
  return [
    featureService(descriptor, settings, {
      type: "CarbonDioxideSensor",
      feature,
      characteristics: [
        { type: "CarbonDioxideDetected", value: reading.value >= settings.carbonDioxideAbove ? 1 : 0 },
        { type: "CarbonDioxideLevel", value: Math.min(100_000, Math.max(0, reading.value)) },
        ...status(descriptor.availability, reading.stale),
      ],
    }),
  ]
}
