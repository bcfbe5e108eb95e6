import type { DescriptorId, DeviceDescriptor } from "./DeviceDescriptor.ts"

export interface Parted {
  readonly shown: ReadonlyArray<DeviceDescriptor>
  readonly leftOut: ReadonlyArray<DeviceDescriptor>
}

/** What homes are shown, and what someone chose to show in none of them: `ids` are those of its descriptors. */
export const leaveOut = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  ids: ReadonlySet<DescriptorId>,
): Parted => ({
  shown: descriptors.filter(({ id }) => !ids.has(id)),
  leftOut: descriptors.filter(({ id }) => ids.has(id)),
})
