import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import type { AppleCharacteristic, ServicePlan, ServiceType } from "../Plan.ts"
import type { Settings } from "../settings.ts"

/** The services that show one feature of a device. */
export type ToServices = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
) => ReadonlyArray<ServicePlan>

interface Shown {
  readonly type: ServiceType
  readonly feature: Feature
  readonly characteristics: ReadonlyArray<AppleCharacteristic>
}

/** A service with the name of the device and of the feature. */
export const featureService = (
  { name }: DeviceDescriptor,
  { language }: Settings,
  { characteristics, feature, type }: Shown,
): ServicePlan => ({
  type,
  subtype: feature.key,
  name: `${name} ${feature.name[language]}`,
  characteristics,
})
