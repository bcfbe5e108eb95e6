import type { DeviceDescriptor } from "../device/DeviceDescriptor.ts"
import type { Delays } from "./Held.ts"

/**
 * What homes show while nothing is known of a bed. `unknown`: each home in its way; the others the same in every home:
 * nobody in bed, the last known state, or someone in bed.
 */
export const bedUnknowns = ["unknown", "clear", "last", "occupied"] as const
export type BedUnknown = (typeof bedUnknowns)[number]

export interface BedSettings {
  /** Seconds for which it has to be occupied, or clear, before homes show it. */
  readonly occupiedAfter: number
  readonly clearAfter: number
  readonly unknown: BedUnknown
}

/** Settings of one bed: `bed` is a person, the name of a device ("Sleep Ann 2"), or {@link anyone}. */
export interface OwnBed extends Partial<BedSettings> {
  readonly bed: string
}

/** The settings of all beds, and exceptions for some. */
export interface BedChoices extends BedSettings {
  readonly own: ReadonlyArray<OwnBed>
}

/** The bed of "anyone in bed". */
const anyone = "anyone"

export const noBedChoices: BedChoices = { occupiedAfter: 0, clearAfter: 0, unknown: "unknown", own: [] }

type Bed = Pick<DeviceDescriptor, "deviceClass" | "name" | "personName">

/** The exceptions for a bed; those for its device override those for its person. */
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

/** "Anyone" follows the delayed beds, unless it has its own delays, which apply to the undelayed ones. */
export const followsBeds = (choices: BedChoices, bed: Bed): boolean =>
  bed.deviceClass === "household" &&
  ownOf(choices, bed).every((own) => own.occupiedAfter === undefined && own.clearAfter === undefined)

/** The delays of a bed; null: none. */
export const bedDelays = (choices: BedChoices, bed: Bed): Delays | null => {
  const delays = delaysOf(bedSettingsOf(choices, bed))
  return followsBeds(choices, bed) || (delays.on === 0 && delays.off === 0) ? null : delays
}

export const hasDelays = (choices: BedChoices): boolean =>
  [choices, ...choices.own].some(
    ({ clearAfter = 0, occupiedAfter = 0 }: Partial<BedSettings>) => clearAfter > 0 || occupiedAfter > 0,
  )

/** Beds in the settings that do not exist. */
export const unknownBeds = ({ own }: BedChoices, descriptors: ReadonlyArray<Bed>): ReadonlyArray<string> => {
  const known = new Set([anyone, ...descriptors.flatMap(({ name, personName }) => [name, personName])])
  return own.flatMap(({ bed }) => (known.has(bed) ? [] : [bed]))
}
