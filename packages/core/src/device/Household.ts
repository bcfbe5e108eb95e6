import * as Brand from "effect/Brand"
import type { DeviceId } from "../measure/Device.ts"
import type { SourcedGroup } from "../measure/Measure.ts"
import type { ShownValues } from "../measure/essential.ts"
import type { Moment } from "../moment/Moment.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import type { DeviceDescriptor, DescriptorId } from "./DeviceDescriptor.ts"

/** Of a household's store: grows with every commit that changed anything a home may show. */
export type Revision = number & Brand.Brand<"Revision">
export const Revision = Brand.nominal<Revision>()

/** Everything there is to show, at one revision of the store. */
export interface Household {
  readonly revision: Revision
  readonly persons: ReadonlyArray<Person>
  /** How much of each descriptor homes show: see {@link isShown}. */
  readonly values: ShownValues
  /** What homes show. */
  readonly descriptors: ReadonlyArray<DeviceDescriptor>
  /** What someone chose to show in no home. For those who look after the household, like the console. */
  readonly leftOut: ReadonlyArray<DeviceDescriptor>
}

/** A measure group that was not known before: someone stepped on the scale, took their blood pressure, woke up. */
export interface MeasuredEvent {
  readonly descriptorId: DescriptorId
  readonly personId: PersonId
  readonly deviceId: DeviceId | null
  readonly group: SourcedGroup
  /** Epoch seconds when it was taken. May be long ago: what happens just now is told as a {@link Moment}. */
  readonly at: number
  readonly kinds: ReadonlyArray<string>
}

/** What a follower of the household is given: where everything stands, and what happened since it was last told. */
export interface HouseholdChange {
  readonly household: Household
  /** Records that were not known before, however old: for those who keep the past. */
  readonly measured: ReadonlyArray<MeasuredEvent>
  /** What happened just now, for buttons and scenes: each is told once, and never when it is old. */
  readonly moments: ReadonlyArray<Moment>
}
