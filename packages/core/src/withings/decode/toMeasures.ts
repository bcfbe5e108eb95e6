import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { attributionOf } from "./attrib.ts"
import type { Decode, Skipped } from "./Decoded.ts"
import { decodeEach, type DecodedRecord, type RecordFacts } from "./decodeEach.ts"
import { kindOfMeastype } from "./meastype.ts"
import {
  codeIn,
  deviceIdIn,
  isWire,
  listIn,
  noText,
  noTime,
  numberIn,
  scaledIn,
  textIn,
  timeIn,
  type Wire,
} from "../wire/read.ts"

/** Objectives come from `getgoals`; a group of them here must never be taken for measures. */
const objectives = 2

/** A Body Scan sends about eighty. */
const mostInGroup = 1000

/**
 * Measure groups of `getmeas`: one weighing, one blood pressure. A group without id, time or list is skipped; of the
 * rest, only measures that are not numbers.
 */
export const toMeasures: Decode = (personId, groups, now = Number.POSITIVE_INFINITY) => {
  const places = new Map<number, number>()
  return decodeEach(groups, "grpid", (group) => {
    const placed = place(personId, group, now)
    if (typeof placed === "string") return placed
    places.clear()
    return placed.category === objectives
      ? { modified: placed.common.modified, measures: [] }
      : readGroup(placed, places)
  })
}

interface Placed {
  readonly common: RecordFacts
  readonly category: number | null
  readonly list: ReadonlyArray<unknown>
}

const place = (personId: PersonId, wire: Wire, now: number): Placed | string => {
  const group = textIn(wire, "grpid")
  const at = timeIn(wire, "date", now)
  const list = listIn(wire, "measures")
  if (group === null) return noText(wire, "grpid")
  if (at === null) return noTime(wire, "date")
  if (list === null) return "has no list of measures"
  return {
    common: {
      personId,
      source: "getmeas",
      group: GroupId(group),
      at,
      deviceId: deviceIdIn(wire),
      attribution: attributionOf(numberIn(wire, "attrib") ?? 0),
      modified: timeIn(wire, "modified", now) ?? timeIn(wire, "created", now) ?? at,
    },
    category: numberIn(wire, "category"),
    list,
  }
}

/** `places`: the index of the measure of each type and position. Reused for every group. */
const readGroup = ({ common, list }: Placed, places: Map<number, number>): DecodedRecord => {
  const { personId, source, group, at, deviceId, attribution, modified } = common
  const measures: Array<Measure> = []
  const skipped: Array<Skipped> = []
  for (const entry of list) {
    const type = isWire(entry) ? codeIn(entry, "type") : null
    const value = isWire(entry) ? scaledIn(entry) : null
    const position = isWire(entry) ? positionIn(entry) : null
    if (type === null || value === null || position === null) {
      skipped.push({ record: `${group}/${type ?? "?"}`, reason: whyNot(type, value) })
      continue
    }
    const spot = type * positions + position
    // A Body Scan sends some measures twice. They are one row in the store, so the last one counts.
    const index = places.get(spot) ?? measures.length
    if (index === mostInGroup) {
      skipped.push({ record: group, reason: `has more than ${mostInGroup} measures: the rest is left out` })
      break
    }
    places.set(spot, index)
    measures[index] = {
      personId,
      source,
      group: GroupId(group),
      kind: kindOfMeastype(type),
      position: position === noPosition ? null : position,
      at,
      value,
      deviceId,
      attribution,
      modified,
    }
  }
  return { modified, measures, skipped }
}

/** "No position", as Withings writes it elsewhere. */
const noPosition = -1
/** Withings' table ends at 31. */
const positions = 1000

const positionIn = (entry: Wire): number | null => {
  const sent = entry["position"]
  if (sent === undefined || sent === null) return noPosition
  const position = codeIn(entry, "position")
  return position !== null && position < positions - 1 ? position : null
}

const whyNot = (type: number | null, value: number | null): string => {
  if (type === null) return "has no type"
  return value === null ? "has no value that is a number" : "has a position that is in no table"
}
