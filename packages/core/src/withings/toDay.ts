import type { Measure } from "../measure/Measure.ts"
import { dayFields, readDataFields } from "./dataFields.ts"
import type { Decoded } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { localMidnight } from "./localTime.ts"
import { numberIn, textIn } from "./wire/read.ts"

/** Days of `getactivity`: every counter of a day is a measure, counted from local midnight. */
export const toDay = (personId: string, days: ReadonlyArray<unknown>): Decoded =>
  decodeEach(days, "date", (day) => {
    const date = textIn(day, "date")
    if (date === null) return "has no date"
    const at = localMidnight(date, textIn(day, "timezone") ?? "UTC")
    if (at === null) return "has a date that is no day"
    const modified = numberIn(day, "modified") ?? at
    // A day may be of several trackers; Withings sums them and names one, or none.
    const deviceId = textIn(day, "deviceid") ?? textIn(day, "hash_deviceid")
    const measures: Array<Measure> = []
    const keep = (kind: string, value: number) =>
      measures.push({
        personId,
        source: "day",
        group: date,
        kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified,
      })
    readDataFields(day, dayFields, keep)
    return { modified, measures }
  })
