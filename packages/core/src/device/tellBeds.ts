import { type BedChoices, bedSettingsOf, followsBeds } from "../rule/BedChoices.ts"
import { withBed, withDelay } from "../rule/delayedBeds.ts"
import type { Held } from "../rule/Held.ts"
import { anyoneInBed } from "./describeHousehold.ts"
import type { DescriptorId, DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"
import { leaveOut } from "./leaveOut.ts"
import { shownBed } from "./shownBed.ts"

export interface ToldBeds {
  readonly choices: BedChoices
  /** Settled states of beds with a delay; left out: no delays. */
  readonly held?: ReadonlyMap<string, Held>
}

/** Applies the delays of beds, then of "anyone in bed", then what homes show while a bed is unknown. */
export const tellBeds = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  { choices, held }: ToldBeds,
  hidden: ReadonlySet<DescriptorId>,
  now: number,
): ReadonlyArray<DeviceDescriptor> => {
  const delayed = held === undefined ? descriptors : delayBeds(descriptors, held, choices, hidden)
  return delayed.map((descriptor) => {
    const { unknown } = bedSettingsOf(choices, descriptor)
    const show = (feature: Feature): Feature =>
      feature.nature === "presence" ? { ...feature, shown: shownBed(feature.reading, unknown, now) } : feature
    return { ...descriptor, features: descriptor.features.map(show) }
  })
}

const delayBeds = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  held: ReadonlyMap<string, Held>,
  choices: BedChoices,
  hidden: ReadonlySet<DescriptorId>,
): ReadonlyArray<DeviceDescriptor> => {
  const told = descriptors.map(withDelay(held, choices))
  const anyone = anyoneInBed(leaveOut(told, hidden).shown)
  return told.map((descriptor) =>
    followsBeds(choices, descriptor) ? withBed(descriptor, anyone) : descriptor,
  )
}
