import type { Measure } from "../../measure/Measure.ts"
import type { Decoded, Skipped } from "./Decoded.ts"
import { isWire, textIn, type Wire } from "../wire/read.ts"

/** What one record says. */
export interface DecodedRecord {
  readonly modified: number
  readonly measures: ReadonlyArray<Measure>
  /** Parts of it that could not be read. */
  readonly skipped?: ReadonlyArray<Skipped>
}

/** An answer may be a million numbers where records are wanted. */
const namelessAtMost = 100

/** Reads records one by one: one that cannot be read costs itself, not the page. The reader answers why not. */
export const decodeEach = (
  records: ReadonlyArray<unknown>,
  idField: string,
  read: (record: Wire) => DecodedRecord | string,
): Decoded => {
  const measures: Array<Measure> = []
  const skipped: Array<Skipped> = []
  let newestModified = 0
  let nameless = 0
  for (const record of records) {
    const result = isWire(record) ? readOne(record, read) : "is not an object"
    if (typeof result === "string") {
      const id = isWire(record) ? textIn(record, idField) : null
      if (id !== null || nameless++ < namelessAtMost) skipped.push({ record: id ?? "?", reason: result })
      continue
    }
    if (result.modified > newestModified) newestModified = result.modified
    for (const measure of result.measures) measures.push(measure)
    if (result.skipped !== undefined) for (const part of result.skipped) skipped.push(part)
  }
  return { measures, skipped, newestModified }
}

/** The readers are not meant to throw. One that does must not stop the person's sync for good. */
const readOne = (record: Wire, read: (record: Wire) => DecodedRecord | string): DecodedRecord | string => {
  try {
    return read(record)
  } catch (error) {
    return `could not be read: ${String(error)}`
  }
}
