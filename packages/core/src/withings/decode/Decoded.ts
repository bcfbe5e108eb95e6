import type { Measure } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"

/** A record, or a part of one, that could not be read. */
export interface Skipped {
  readonly record: string
  readonly reason: string
}

/** Reads a page of a person's records. Times more than two days after `now` (epoch seconds) are refused. */
export type Decode = (personId: PersonId, records: ReadonlyArray<unknown>, now?: number) => Decoded

/** A page of records as measures. */
export interface Decoded {
  readonly measures: ReadonlyArray<Measure>
  readonly skipped: ReadonlyArray<Skipped>
  /** The newest `modified`, epoch seconds; 0 when nothing could be read. */
  readonly newestModified: number
}
