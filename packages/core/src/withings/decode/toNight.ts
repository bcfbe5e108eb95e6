import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import { bedMoveKey, napKey } from "../../measure/kinds/sleep.ts"
import { lastBedMove } from "./bedMove.ts"
import { nightFields, readDataFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { timeOfDay } from "../../measure/timeOfDay.ts"
import { localHour } from "./localTime.ts"
import { deviceIdIn, isWire, noText, noTime, textIn, timeIn } from "../wire/read.ts"

/**
 * Nights of `sleep getsummary`: every figure of a night is a measure, taken when the night ended; the last move into
 * or out of bed is one too, taken when it happened. A night that goes on at `now` (epoch seconds) has no figures yet;
 * it is sent again when it is over.
 */
export const toNight: Decode = (personId, nights, now = Number.POSITIVE_INFINITY) =>
  decodeEach(nights, "id", (night) => {
    const group = textIn(night, "id")
    const start = timeIn(night, "startdate", now)
    const end = timeIn(night, "enddate", now)
    if (group === null) return noText(night, "id")
    if (start === null) return noTime(night, "startdate")
    if (end === null) return noTime(night, "enddate")
    if (end < start) return "ends before it begins"
    const stored = timeIn(night, "modified", now) ?? timeIn(night, "created", now)
    // By the clock of Withings as well: this one may be late.
    if (night["completed"] === false || end > Math.max(now, stored ?? 0)) return { modified: 0, measures: [] }
    const modified = stored ?? end
    const data = isWire(night["data"]) ? night["data"] : {}
    const timezone = textIn(night, "timezone") ?? "UTC"
    const nap = isNap(start, end, timezone)
    const deviceId = deviceIdIn(night)
    const measures: Array<Measure> = []
    const keep = (kind: KindKey, value: number, at = end) =>
      measures.push({
        personId,
        source: "night",
        group: GroupId(group),
        // vocabulary.test.ts holds that each field of a night has its kind for naps.
        kind: nap ? (napKey(kind) as KindKey) : kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified,
      })
    readDataFields(data, nightFields, keep)
    if (!nap && measures.length > 0) keepTimes(keep, [start, end], timezone)
    const move = lastBedMove(data["night_events"], start, end)
    if (move !== null) keep(bedMoveKey, move.inBed ? 1 : 0, move.at)
    return { modified, measures }
  })

/** When the night in bed began and ended, by a clock on the wall. */
const keepTimes = (
  keep: (kind: KindKey, value: number) => void,
  [start, end]: readonly [number, number],
  timezone: string,
) => {
  const [from, to] = [timeOfDay(start, timezone), timeOfDay(end, timezone)]
  if (from !== null) keep("bedtime", from)
  if (to !== null) keep("wake-up-time", to)
}

const napLasts = 3 * 3600
const napHours = [9, 20] as const

/** Withings does not say which rows are naps. Short and begun in daylight is one; a short night stays a night. */
const isNap = (start: number, end: number, timezone: string): boolean => {
  if (end - start >= napLasts) return false
  const hour = localHour(start, timezone)
  return hour >= napHours[0] && hour < napHours[1]
}
