import type { DescriptorId, DeviceDescriptor } from "./DeviceDescriptor.ts"

export interface Parted {
  readonly shown: ReadonlyArray<DeviceDescriptor>
  readonly leftOut: ReadonlyArray<DeviceDescriptor>
}

/** Splits off what someone chose to hide from every home. */
export const leaveOut = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  ids: ReadonlySet<DescriptorId>,
): Parted => ({
  shown: descriptors.filter(({ id }) => !ids.has(id)),
  leftOut: descriptors.filter(({ id }) => ids.has(id)),
})
