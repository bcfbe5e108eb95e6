import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"

/** A record that could not be read, or a part of it, with its reason. */
export interface Skipped {
  readonly record: string
  readonly reason: string
}

/** Reads a page of records of a person. Times more than two days after `now` are not believed. */
export type Decode = (personId: PersonId, records: ReadonlyArray<unknown>, now?: number) => Decoded

/** What a page of records says in words of the model. */
export interface Decoded {
  readonly measures: ReadonlyArray<Measure>
  readonly skipped: ReadonlyArray<Skipped>
  /** Newest `modified`, epoch seconds; 0 when nothing could be read. */
  readonly newestModified: number
}
