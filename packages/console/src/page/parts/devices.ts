import type { DeviceDescriptor, Feature, Household, PersonId } from "@withings-bridge/core"
import { t } from "../text/language.ts"

/** The name of a device; only the household's is translated. */
export const deviceTitle = ({ deviceClass, name }: DeviceDescriptor): string =>
  deviceClass === "household" ? t("household") : name

/**
 * All devices, including those hidden from the homes, so that hiding one does not move it. Sorted by person; what is no
 * device comes last.
 */
export const everyDevice = ({
  descriptors,
  leftOut,
  persons,
}: Household): ReadonlyArray<DeviceDescriptor> => {
  const rank = ({ personId }: DeviceDescriptor) =>
    personId === null ? persons.length : persons.findIndex(({ id }) => id === personId)
  return [...descriptors, ...leftOut].toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      Number(a.deviceId === null) - Number(b.deviceId === null) ||
      a.name.localeCompare(b.name),
  )
}

const shownNatures: ReadonlySet<string> = new Set(["value", "counter", "verdict"])

/** The features of one person. Where two devices report the same feature, the newest reading counts. */
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
