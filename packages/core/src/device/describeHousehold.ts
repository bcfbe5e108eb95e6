import { householdDescriptorId } from "./attribution.ts"
import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Reading } from "./Reading.ts"
import { anyoneInBedFeature } from "./toFeature.ts"

/** "Anyone in bed", as soon as there is a sleep monitor that Withings still lists. */
export const describeHousehold = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
): ReadonlyArray<DeviceDescriptor> => {
  const mats = matsOf(descriptors)
  if (mats.length === 0) return []
  return [
    {
      id: householdDescriptorId,
      deviceClass: "household",
      personId: null,
      personName: null,
      deviceId: null,
      manufacturer: "Withings",
      model: "Household",
      name: "Household",
      availability: mats.some(({ availability }) => availability === "available")
        ? "available"
        : "sign-in-needed",
      features: [anyoneInBedFeature(anyoneInBed(mats))],
    },
  ]
}

const matsOf = (descriptors: ReadonlyArray<DeviceDescriptor>) =>
  descriptors.filter(
    ({ deviceClass, availability }) => deviceClass === "sleep-monitor" && availability !== "unlinked",
  )

/** Fresh readings decide; when all are stale, the newest stands, stale. A mat never heard of says nothing. */
export const anyoneInBed = (descriptors: ReadonlyArray<DeviceDescriptor>): Reading | null => {
  const readings = matsOf(descriptors).flatMap(
    ({ features }) => features.find(({ nature }) => nature === "presence")?.reading ?? [],
  )
  const fresh = readings.filter(({ stale }) => !stale)
  const inBed = fresh.filter(({ value }) => value === 1)
  // Someone has been in bed since the first lay down; nobody since the last got up.
  if (inBed.length > 0) return { value: 1, at: Math.min(...inBed.map(({ at }) => at)), stale: false }
  if (fresh.length > 0) return { value: 0, at: Math.max(...fresh.map(({ at }) => at)), stale: false }
  return (
    readings
      .toSorted((a, b) => b.at - a.at || a.value - b.value)
      .map((reading) => ({ ...reading, stale: true }))[0] ?? null
  )
}
