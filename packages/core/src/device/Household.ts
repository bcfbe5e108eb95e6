import * as Brand from "effect/Brand"
import type { DeviceId } from "../measure/Device.ts"
import type { SourcedGroup } from "../measure/Measure.ts"
import type { ShownValues } from "../measure/essential.ts"
import type { Moment } from "../moment/Moment.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import type { DeviceDescriptor, DescriptorId } from "./DeviceDescriptor.ts"

/** Number of the last commit of a household that changed anything a home may show. */
export type Revision = number & Brand.Brand<"Revision">
export const Revision = Brand.nominal<Revision>()

/** The household at one revision of the store. */
export interface Household {
  readonly revision: Revision
  readonly persons: ReadonlyArray<Person>
  /** How much of each descriptor homes show: see {@link isShown}. */
  readonly values: ShownValues
  /** What homes show. */
  readonly descriptors: ReadonlyArray<DeviceDescriptor>
  /** What someone chose to hide from every home; the console lists it. */
  readonly leftOut: ReadonlyArray<DeviceDescriptor>
}

/** A measure group that was not known before: someone stepped on the scale, took their blood pressure, woke up. */
export interface MeasuredEvent {
  readonly descriptorId: DescriptorId
  readonly personId: PersonId
  readonly deviceId: DeviceId | null
  readonly group: SourcedGroup
  /** When it was taken, epoch seconds. May be long ago; see {@link Moment} for what just happened. */
  readonly at: number
  readonly kinds: ReadonlyArray<string>
}

/** The household as it stands, and what happened since the previous change. */
export interface HouseholdChange {
  readonly household: Household
  /** New records, however old, for homes that keep a history. */
  readonly measured: ReadonlyArray<MeasuredEvent>
  /** What just happened, for buttons and scenes: each is delivered once, and never late. */
  readonly moments: ReadonlyArray<Moment>
}
