import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Delays } from "./Held.ts"

/**
 * What homes show while nothing is known of a bed. `unknown`: so, in each home's own way. The others are shown by every
 * home alike: nobody in bed, what was known last, or someone in bed.
 */
export const bedUnknowns = ["unknown", "clear", "last", "occupied"] as const
export type BedUnknown = (typeof bedUnknowns)[number]

/** How one bed is told to every home. */
export interface BedSettings {
  /** Seconds for which it has to be occupied, or clear, before homes are told. */
  readonly occupiedAfter: number
  readonly clearAfter: number
  readonly unknown: BedUnknown
}

/** What differs for one bed: `bed` is a person, the name of a device ("Sleep Ann 2"), or {@link anyone}. */
export interface OwnBed extends Partial<BedSettings> {
  readonly bed: string
}

/** The settings of all beds, and what some of them have of their own. */
export interface BedChoices extends BedSettings {
  readonly own: ReadonlyArray<OwnBed>
}

/** The bed of "anyone in bed". */
const anyone = "anyone"

export const noBedChoices: BedChoices = { occupiedAfter: 0, clearAfter: 0, unknown: "unknown", own: [] }

type Bed = Pick<DeviceDescriptor, "deviceClass" | "name" | "personName">

/** What a bed has of its own: what is written for its device wins over what is written for its person. */
const ownOf = (choices: BedChoices, { deviceClass, name, personName }: Bed): ReadonlyArray<OwnBed> => {
  const called = deviceClass === "household" ? [anyone] : [personName, name]
  return called.flatMap((word) => choices.own.filter(({ bed }) => bed === word))
}

export const bedSettingsOf = (choices: BedChoices, bed: Bed): BedSettings =>
  ownOf(choices, bed).reduce<BedSettings>((settings, own) => ({ ...settings, ...own }), choices)

const delaysOf = ({ clearAfter, occupiedAfter }: BedSettings): Delays => ({
  on: occupiedAfter,
  off: clearAfter,
})

/** "Anyone" follows the beds as they are told, unless it has delays of its own: those count from what the mats say. */
export const followsBeds = (choices: BedChoices, bed: Bed): boolean =>
  bed.deviceClass === "household" &&
  ownOf(choices, bed).every((own) => own.occupiedAfter === undefined && own.clearAfter === undefined)

/** The delays that a bed is told with; null: none of its own. */
export const bedDelays = (choices: BedChoices, bed: Bed): Delays | null => {
  const delays = delaysOf(bedSettingsOf(choices, bed))
  return followsBeds(choices, bed) || (delays.on === 0 && delays.off === 0) ? null : delays
}

/** Whether any bed is told with a delay. */
export const hasDelays = (choices: BedChoices): boolean =>
  [choices, ...choices.own].some(
    ({ clearAfter = 0, occupiedAfter = 0 }: Partial<BedSettings>) => clearAfter > 0 || occupiedAfter > 0,
  )

/** Beds in the settings that nobody of the household has. */
export const unknownBeds = ({ own }: BedChoices, descriptors: ReadonlyArray<Bed>): ReadonlyArray<string> => {
  const known = new Set([anyone, ...descriptors.flatMap(({ name, personName }) => [name, personName])])
  return own.flatMap(({ bed }) => (known.has(bed) ? [] : [bed]))
}
