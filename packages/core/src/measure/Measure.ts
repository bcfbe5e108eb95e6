import * as Brand from "effect/Brand"
import type { DeviceId } from "./Device.ts"
import type { PersonId } from "./Person.ts"
import type { MeasureKey } from "./measureKinds.ts"

/** Withings' identity of a record within its source: grpid, night id, local date (`2026-11-21`), workout id. */
export type GroupId = string & Brand.Brand<"GroupId">
export const GroupId = Brand.nominal<GroupId>()

/** Unique among all records of a person: "getmeas:2726375354". */
export type SourcedGroup = `${MeasureSource}:${string}`
export const sourcedGroup = ({ group, source }: Pick<Measure, "group" | "source">): SourcedGroup =>
  `${source}:${group}`

/**
 * One number about a person at a moment: a value of a weighing (`getmeas`), a field of a night's summary, a counter of a
 * day, a figure of a workout. It is identified by person, source, group, kind and position, which come from Withings'
 * ids, so reading an answer twice changes nothing.
 */
export interface Measure {
  readonly personId: PersonId
  readonly source: MeasureSource
  readonly group: GroupId
  readonly kind: MeasureKey
  /** Withings' body position where the kind has one (see `measure/Position.ts`), else null. */
  readonly position: number | null
  /** When it was taken: epoch seconds. A night counts at its end, a day at its local midnight. */
  readonly at: number
  /** In the unit of its kind, exact: 56300 × 10⁻³ is 56.3. */
  readonly value: number
  readonly deviceId: DeviceId | null
  readonly attribution: Attribution
  /** When Withings last changed it: epoch seconds. */
  readonly modified: number
}

export const measureSources = [
  "getmeas",
  "night",
  "day",
  "workout",
  "intraday",
  "heart",
  "sound",
  "goal",
] as const
export type MeasureSource = (typeof measureSources)[number]

/**
 * Whose a measure is: `device`: the device recognized the person; `ambiguous`: it could be one of several persons;
 * `claimed`: ambiguous for Withings, but assigned to this person by the household; `manual`: entered by hand.
 */
export type Attribution = "device" | "ambiguous" | "claimed" | "manual"
