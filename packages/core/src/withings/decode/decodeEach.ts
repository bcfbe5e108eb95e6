import type { Measure } from "../../measure/Measure.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import type { Decoded, Skipped } from "./Decoded.ts"
import { isValue, isWire, textIn, type Wire } from "../wire/read.ts"

/** The content of one record. */
export interface DecodedRecord {
  readonly modified: number
  readonly measures: ReadonlyArray<Measure>
  /** Parts that could not be read. */
  readonly skipped?: ReadonlyArray<Skipped>
}

/** What all measures of a record have in common. */
export type RecordFacts = Omit<Measure, "kind" | "position" | "value">

/** A record to fill. `keep` adds a measure, unless its value is null or out of bounds. */
export const newRecord = ({ personId, source, group, at, deviceId, attribution, modified }: RecordFacts) => {
  const measures: Array<Measure> = []
  const keep = (kind: KindKey, value: number | null, takenAt = at): void => {
    if (value === null || !isValue(value)) return
    // Nights and days have dozens of measures each: spreading the facts would take half as long again.
    measures.push({
      personId,
      source,
      group,
      kind,
      position: null,
      at: takenAt,
      value,
      deviceId,
      attribution,
      modified,
    })
  }
  return { modified, measures, keep }
}

/** Bounds the log: an answer may be a million numbers where records are wanted. */
const namelessAtMost = 100

/**
 * Reads records one by one; one that cannot be read is skipped, and the rest of the page is kept. `read` returns the
 * reason as a string.
 */
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

/** Readers are not meant to throw. One that does must not stop the person's sync for good. */
const readOne = (record: Wire, read: (record: Wire) => DecodedRecord | string): DecodedRecord | string => {
  try {
    return read(record)
  } catch (error) {
    return `could not be read: ${String(error)}`
  }
}
