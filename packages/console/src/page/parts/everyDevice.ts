import type { DeviceDescriptor, Household } from "@withings-bridge/core"

/** Also what homes do not show, each where it stays when that changes: by person, what is no device last. */
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
