import { batteryPercent } from "@withings-bridge/core"
import { featureService, type ToServices } from "./featureService.ts"

const low = 1
const notChargeable = 2

/** Withings has three battery levels, HomeKit wants a percentage: 100, 50 or 20, and a warning for the last. */
export const battery: ToServices = (descriptor, feature, settings) => {
  const level = feature.reading === null ? null : batteryPercent(feature.reading.value)
  if (!settings.batteries || level === null) return []
  const isLow = feature.reading?.value === low
  return [
    featureService(descriptor, settings, {
      type: "Battery",
      feature,
      characteristics: [
        { type: "BatteryLevel", value: level },
        { type: "StatusLowBattery", value: isLow ? 1 : 0 },
        { type: "ChargingState", value: notChargeable },
      ],
    }),
  ]
}
