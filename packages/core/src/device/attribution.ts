import type { Device, DeviceId } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { DescriptorId } from "./DeviceDescriptor.ts"
import { deviceClassOf } from "./deviceClass.ts"
import { opaqueId } from "./opaqueId.ts"

export const deviceDescriptorId = (personId: PersonId, deviceId: DeviceId): DescriptorId =>
  DescriptorId(opaqueId("device", personId, deviceId))

export const personDescriptorId = (personId: PersonId): DescriptorId =>
  DescriptorId(opaqueId("person", personId))

/** The same in every household, because a home has only one. */
export const householdDescriptorId = DescriptorId(opaqueId("household"))

/**
 * The device under which a measure is shown; null: under its person, like days, goals and manual entries. A night
 * without a device belongs to the only sleep monitor.
 */
export const deviceOf = (measure: Measure, devices: ReadonlyArray<Device>): Device | null => {
  if (measure.source === "day" || measure.source === "goal" || measure.attribution === "manual") return null
  const own = devices.filter(({ personId }) => personId === measure.personId)
  const named = own.find(({ id }) => id === measure.deviceId)
  if (named !== undefined) return named
  if (measure.source !== "night") return null
  const mats = own.filter((device) => deviceClassOf(device) === "sleep-monitor")
  return mats.length === 1 ? (mats[0] ?? null) : null
}

/** The descriptor that shows a measure; null for an ambiguous one, until someone assigns it. */
export const descriptorIdOf = (measure: Measure, devices: ReadonlyArray<Device>): DescriptorId | null => {
  if (measure.attribution === "ambiguous") return null
  const device = deviceOf(measure, devices)
  return device === null
    ? personDescriptorId(measure.personId)
    : deviceDescriptorId(measure.personId, device.id)
}
