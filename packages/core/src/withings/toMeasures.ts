import type { Measure } from "../measure/Measure.ts"
import { attributionOf } from "./attrib.ts"
import type { Decoded, Skipped } from "./Decoded.ts"
import { kindOfMeastype } from "./meastype.ts"
import { isWire, listIn, numberIn, scaled, textIn, type Wire } from "./wire/read.ts"

/** Objectives are asked for by getgoals; a group of them here must never be taken for measures. */
const objectives = 2

/**
 * Measure groups of `getmeas`: one weighing, one blood pressure. A group that cannot be placed in time or among its
 * kind is skipped; a measure that is no number is skipped alone.
 */
export const toMeasures = (personId: string, groups: ReadonlyArray<unknown>): Decoded => {
  const measures: Array<Measure> = []
  const skipped: Array<Skipped> = []
  let newestModified = 0
  for (const group of groups) {
    const placed = place(group)
    if (typeof placed === "string") {
      skipped.push({ record: isWire(group) ? (textIn(group, "grpid") ?? "?") : "?", reason: placed })
      continue
    }
    if (placed.modified > newestModified) newestModified = placed.modified
    if (placed.category === objectives) continue
    readGroup(personId, placed, measures, skipped)
  }
  return { measures, skipped, newestModified }
}

interface Placed {
  readonly id: string
  readonly at: number
  readonly modified: number
  readonly category: number | null
  readonly wire: Wire
  readonly list: ReadonlyArray<unknown>
}

const place = (group: unknown): Placed | string => {
  if (!isWire(group)) return "is not an object"
  const id = textIn(group, "grpid")
  const at = numberIn(group, "date")
  const list = listIn(group, "measures")
  if (id === null) return "has no grpid"
  if (at === null) return "has no date"
  if (list === null) return "has no list of measures"
  const modified = numberIn(group, "modified") ?? numberIn(group, "created") ?? at
  return { id, at, modified, category: numberIn(group, "category"), wire: group, list }
}

const readGroup = (
  personId: string,
  group: Placed,
  measures: Array<Measure>,
  skipped: Array<Skipped>,
): void => {
  const { id, at, modified, wire, list } = group
  const attribution = attributionOf(numberIn(wire, "attrib") ?? 0)
  const deviceId = textIn(wire, "deviceid") ?? textIn(wire, "hash_deviceid")
  const first = measures.length
  for (const entry of list) {
    const type = isWire(entry) ? numberIn(entry, "type") : null
    const number = isWire(entry) ? numberIn(entry, "value") : null
    const value = isWire(entry) && number !== null ? scaled(number, numberIn(entry, "unit") ?? 0) : null
    if (!isWire(entry) || type === null || value === null || !Number.isFinite(value)) {
      skipped.push({ record: `${id}/${type ?? "?"}`, reason: "has no value that is a number" })
      continue
    }
    const kind = kindOfMeastype(type)
    const position = numberIn(entry, "position")
    // Body Scan sends some measures twice; in the store they are one row, so the last one counts.
    const twin = indexOfTwin(measures, first, kind, position)
    const measure: Measure = {
      personId,
      source: "getmeas",
      group: id,
      kind,
      position,
      at,
      value,
      deviceId,
      attribution,
      modified,
    }
    if (twin < 0) measures.push(measure)
    else measures[twin] = measure
  }
}

const indexOfTwin = (
  measures: ReadonlyArray<Measure>,
  from: number,
  kind: string,
  position: number | null,
): number => {
  for (let i = from; i < measures.length; i++) {
    if (measures[i]?.kind === kind && measures[i]?.position === position) return i
  }
  return -1
}
