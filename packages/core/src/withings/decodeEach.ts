import type { Measure } from "../measure/Measure.ts"
import type { Decoded, Skipped } from "./Decoded.ts"
import { isWire, textIn, type Wire } from "./wire/read.ts"

/** Reads records one by one: one that cannot be read costs itself, not the page. The reader answers why not. */
export const decodeEach = (
  records: ReadonlyArray<unknown>,
  idField: string,
  read: (record: Wire) => { readonly modified: number; readonly measures: ReadonlyArray<Measure> } | string,
): Decoded => {
  const measures: Array<Measure> = []
  const skipped: Array<Skipped> = []
  let newestModified = 0
  for (const record of records) {
    const result = isWire(record) ? read(record) : "is not an object"
    if (typeof result === "string") {
      skipped.push({ record: isWire(record) ? (textIn(record, idField) ?? "?") : "?", reason: result })
      continue
    }
    if (result.modified > newestModified) newestModified = result.modified
    for (const measure of result.measures) measures.push(measure)
  }
  return { measures, skipped, newestModified }
}
