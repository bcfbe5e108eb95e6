import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"

/**
 * Withings tells battery in three words, HomeKit wants a percentage: the middle of what each word stands for
 * (high: over 75 %, medium: over 30 %, low: the rest).
 */
const levels: Readonly<Record<number, number>> = { 3: 88, 2: 53, 1: 15 }
const low = 1
const notChargeable = 2

export const battery = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
): ReadonlyArray<ServicePlan> => {
  const level = feature.reading === null ? undefined : levels[feature.reading.value]
  if (!settings.batteries || feature.reading === null || level === undefined) return []
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
