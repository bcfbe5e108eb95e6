import type { DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"
import type { Reading } from "./Reading.ts"

export interface NewestOfKind {
  readonly descriptor: DeviceDescriptor
  readonly feature: Feature
  readonly reading: Reading
}

/**
 * The newest reading of a kind. A value of the whole body comes before one of a limb.
 * @param kind a kind, "muscle-mass", or one at a place of the body, "muscle-mass@12"
 */
export const newestOfKind = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  kind: string,
): NewestOfKind | null => {
  const found = descriptors.flatMap((descriptor) =>
    descriptor.features.flatMap((feature) =>
      (feature.kind === kind || feature.key === kind) && feature.reading !== null
        ? [{ descriptor, feature, reading: feature.reading }]
        : [],
    ),
  )
  const isLimb = ({ feature }: NewestOfKind) => (feature.key === kind ? 0 : 1)
  return found.toSorted((a, b) => isLimb(a) - isLimb(b) || b.reading.at - a.reading.at)[0] ?? null
}
