import type { DeviceDescriptor, Feature, PersonId } from "@withings-bridge/core"

const shownNatures: ReadonlySet<string> = new Set(["value", "counter", "verdict"])

/** Everything of one person, newest reading of each kind where two devices tell the same. */
export const featuresOf = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  personId: PersonId,
): ReadonlyArray<Feature> => {
  const byKey = new Map<string, Feature>()
  for (const descriptor of descriptors.filter((one) => one.personId === personId))
    for (const feature of descriptor.features) {
      if (feature.reading === null || !shownNatures.has(feature.nature)) continue
      const known = byKey.get(feature.key)
      if (!known || feature.reading.at > (known.reading?.at ?? 0)) byKey.set(feature.key, feature)
    }
  return [...byKey.values()]
}
