import { type DeviceDescriptor, type Household, isShown, type ShownValues } from "@withings-bridge/core"

/** The essential features, or all. */
export const shownDescriptors = (
  household: Household,
  values: ShownValues = household.values,
): ReadonlyArray<DeviceDescriptor> =>
  withoutRepeats(household.descriptors).map((descriptor) => ({
    ...descriptor,
    features: descriptor.features.filter((feature) => isShown(feature, values)),
  }))

/** Leaves out features of a person that one of their devices has, too. */
export const withoutRepeats = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
): ReadonlyArray<DeviceDescriptor> =>
  descriptors.map((descriptor) => {
    if (descriptor.deviceClass !== "person") return descriptor
    const own = descriptors.filter(
      ({ deviceId, personId }) => deviceId !== null && personId === descriptor.personId,
    )
    const shown = new Set(own.flatMap(({ features }) => features.map(({ key }) => key)))
    return { ...descriptor, features: descriptor.features.filter(({ key }) => !shown.has(key)) }
  })
