import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import { attributionOf } from "./attrib.ts"
import type { Decode, Skipped } from "./Decoded.ts"
import { decodeEach, type DecodedRecord } from "./decodeEach.ts"
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

/** Objectives are asked for by getgoals; a group of them here must never be taken for measures. */
const objectives = 2

/** A Body Scan sends about eighty. Each kind and position of a measure has a place of its own in the store. */
const mostInGroup = 1000

/**
 * Measure groups of `getmeas`: one weighing, one blood pressure. A group that cannot be placed in time or among its
 * kind is skipped; a measure that is no number is skipped alone. `now` in epoch seconds: nothing is of a later time.
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

/** What all measures of a group have in common, and the list of them. */
interface Placed {
  readonly common: Omit<Measure, "kind" | "position" | "value">
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

/** `places`: where the measure of each type and position stands. */
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
    // Body Scan sends some measures twice; in the store they are one row, so the last one counts.
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

/** Stands for a measure without a position, as Withings does it in other places. */
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
