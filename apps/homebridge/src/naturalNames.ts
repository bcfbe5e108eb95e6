import { type DeviceDescriptor, type Language, spokenName } from "@withings-bridge/core"

/**
 * The name of each descriptor by its id, as it would be said to Siri: "Ann's bed". Where two would be called alike
 * (two scales of one person), both keep the name that the core gave them.
 */
export const naturalNames = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  language: Language,
): ReadonlyMap<string, string> => {
  const names = descriptors.map((descriptor) => ({
    descriptor,
    natural: spokenName(descriptor, "itself", language),
  }))
  return new Map(
    names.map(({ descriptor, natural }) => {
      const isTaken = names.some((other) => other.natural === natural && other.descriptor !== descriptor)
      return [descriptor.id, natural === null || isTaken ? descriptor.name : natural]
    }),
  )
}
