import { batteryPercent, type DeviceDescriptor, type Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"

const low = 1
const notChargeable = 2

/** Withings tells battery in three words, HomeKit wants a percentage: 100, 50 or 20, and a warning for the last. */
export const battery = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  const level = feature.reading === null ? null : batteryPercent(feature.reading.value)
  if (!settings.batteries || feature.reading === null || level === null) return []
  return [
    {
      type: "Battery",
      subtype: feature.key,
      name: `${descriptor.name} ${feature.name[settings.language]}`,
      characteristics: [
        { type: "BatteryLevel", value: level },
        { type: "StatusLowBattery", value: feature.reading.value === low ? 1 : 0 },
        { type: "ChargingState", value: notChargeable },
      ],
    },
  ]
}
