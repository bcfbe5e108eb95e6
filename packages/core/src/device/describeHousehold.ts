import { householdDescriptorId } from "./attribution.ts"
import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Reading } from "./Reading.ts"
import { anyoneInBedFeature } from "./toFeature.ts"

/** "Anyone in bed", if there is a sleep monitor. */
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

/** Fresh readings decide. When all are stale, the newest one counts, as stale. */
export const anyoneInBed = (descriptors: ReadonlyArray<DeviceDescriptor>): Reading | null => {
  const readings = matsOf(descriptors).flatMap(
    ({ features }) => features.find(({ nature }) => nature === "presence")?.reading ?? [],
  )
  const fresh = readings.filter(({ stale }) => !stale)
  const inBed = fresh.filter(({ value }) => value === 1)
  // Occupied since the first person lay down; empty since the last one got up.
  if (inBed.length > 0) return { value: 1, at: Math.min(...inBed.map(({ at }) => at)), stale: false }
  if (fresh.length > 0) return { value: 0, at: Math.max(...fresh.map(({ at }) => at)), stale: false }
  return (
    readings
      .toSorted((a, b) => b.at - a.at || a.value - b.value)
      .map((reading) => ({ ...reading, stale: true }))[0] ?? null
  )
}
