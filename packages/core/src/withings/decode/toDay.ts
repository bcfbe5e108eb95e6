import { GroupId } from "../../measure/Measure.ts"
import { dayFields, readDataFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { localMidnight } from "./localTime.ts"
import { deviceIdIn, noText, textIn, timeIn, toTime } from "../wire/read.ts"

/** Days of `getactivity`: every counter of a day is a measure, counted from local midnight. */
export const toDay: Decode = (personId, days, now = Number.POSITIVE_INFINITY) =>
  decodeEach(days, "date", (day) => {
    const date = textIn(day, "date")
    if (date === null) return noText(day, "date")
    const at = toTime(localMidnight(date, textIn(day, "timezone") ?? "UTC"), now)
    if (at === null) return "has a date that is no day between 1990 and two days from now"
    const modified = timeIn(day, "modified", now) ?? at
    // A day may come from several trackers: Withings adds them up and names one, or none.
    const deviceId = deviceIdIn(day)
    const facts = { personId, source: "day", group: GroupId(date), at, deviceId, modified } as const
    const record = newRecord({ ...facts, attribution: "device" })
    readDataFields(day, dayFields, record.keep)
    return record
  })
