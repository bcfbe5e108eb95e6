import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"

/** What changed in a descriptor that exists before and after. */
export interface DescriptorChange {
  readonly before: DeviceDescriptor
  readonly after: DeviceDescriptor
  /** Anything but values changed; the home must rebuild the accessory. */
  readonly structure: boolean
  readonly availability: boolean
  /** Features as they are now whose reading differs; not the added ones. */
  readonly readings: ReadonlyArray<Feature>
}

export interface HouseholdDiff {
  readonly added: ReadonlyArray<DeviceDescriptor>
  readonly removed: ReadonlyArray<DeviceDescriptor>
  /** Only those that changed at all. */
  readonly changed: ReadonlyArray<DescriptorChange>
}

type Descriptors = ReadonlyArray<DeviceDescriptor>

export const diff = (before: Descriptors, after: Descriptors): HouseholdDiff => {
  const was = new Map(before.map((descriptor) => [descriptor.id, descriptor]))
  const is = new Set(after.map(({ id }) => id))
  return {
    added: after.filter(({ id }) => !was.has(id)),
    removed: before.filter(({ id }) => !is.has(id)),
    changed: after.flatMap((descriptor) => {
      const old = was.get(descriptor.id)
      const change = old === undefined ? null : changeOf(old, descriptor)
      return change === null || !(change.structure || change.availability || change.readings.length > 0)
        ? []
        : [change]
    }),
  }
}

const changeOf = (before: DeviceDescriptor, after: DeviceDescriptor): DescriptorChange => {
  const old = new Map(before.features.map((feature) => [feature.key, feature]))
  return {
    before,
    after,
    structure: structureOf(before) !== structureOf(after),
    availability: before.availability !== after.availability,
    readings: after.features.filter((feature) => {
      const twin = old.get(feature.key)
      return twin !== undefined && JSON.stringify(readingOf(twin)) !== JSON.stringify(readingOf(feature))
    }),
  }
}

const readingOf = ({ reading }: Feature) => reading && [reading.value, reading.at, reading.stale]

const structureOf = ({ deviceClass, model, name, personName, features }: DeviceDescriptor): string =>
  JSON.stringify([deviceClass, model, name, personName, features.map(shapeOf)])

const shapeOf = ({ key, kind, nature, category, name, unit, decimals, min, max, verdicts }: Feature) => [
  [key, kind, nature, category, name.en, name.fr],
  [unit?.ucum, decimals, min, max, verdicts],
]
