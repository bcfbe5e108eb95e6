import type { KindKey } from "../../measure/measureKinds.ts"
import { bedMoveKey, napKey } from "../../measure/kinds/sleep.ts"
import { lastBedMove } from "./bedMove.ts"
import { nightFields, readDataFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { timeOfDay } from "../../measure/timeOfDay.ts"
import { deviceIdIn, partIn, textIn, timeIn } from "../wire/read.ts"
import { stretchIn } from "./stretchIn.ts"

/**
 * Nights of `sleep getsummary`: every figure of a night is a measure, taken when the night ended; the last move into
 * or out of bed is one too, taken when it happened. A night that has not ended at `now` (epoch seconds) gives no
 * measures; Withings sends it again when it is over.
 */
export const toNight: Decode = (personId, nights, now = Number.POSITIVE_INFINITY) =>
  decodeEach(nights, "id", (night) => {
    const stretch = stretchIn(night, now)
    if (typeof stretch === "string") return stretch
    const { end, group, start } = stretch
    const stored = timeIn(night, "modified", now) ?? timeIn(night, "created", now)
    // Also by Withings' clock, since ours may be late.
    if (night["completed"] === false || end > Math.max(now, stored ?? 0)) return { modified: 0, measures: [] }
    const modified = stored ?? end
    const data = partIn(night, "data")
    const timezone = textIn(night, "timezone") ?? "UTC"
    const nap = isNap(start, end, timezone)
    const facts = { personId, source: "night", group, at: end, attribution: "device", modified } as const
    const record = newRecord({ ...facts, deviceId: deviceIdIn(night) })
    // vocabulary.test.ts checks that each field of a night has its kind for naps.
    const kindIn = (kind: KindKey) => (nap ? (napKey(kind) as KindKey) : kind)
    readDataFields(data, nightFields, (kind, value) => record.keep(kindIn(kind), value))
    if (!nap && record.measures.length > 0) {
      record.keep("bedtime", timeOfDay(start, timezone))
      record.keep("wake-up-time", timeOfDay(end, timezone))
    }
    const move = lastBedMove(data["night_events"], start, end)
    if (move !== null) record.keep(kindIn(bedMoveKey), move.inBed ? 1 : 0, move.at)
    return record
  })

const napLasts = 3 * 3600
const napHours = [9, 20] as const

/** Withings does not mark naps: short sleep that begins by day is one, a short night stays a night. */
const isNap = (start: number, end: number, timezone: string): boolean => {
  if (end - start >= napLasts) return false
  const hour = (timeOfDay(start, timezone) ?? start % 86_400) / 3600
  return hour >= napHours[0] && hour < napHours[1]
}
