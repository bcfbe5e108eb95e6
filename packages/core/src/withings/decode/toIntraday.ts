import { GroupId } from "../../measure/Measure.ts"
import { intradayFields, readDataFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { deviceIdIn, timeIn } from "../wire/read.ts"

/**
 * Entries of `getintradayactivity`, each under the time at which it began. They have no `modified`: that time stands
 * for it, and a later value of the same time replaces the earlier one.
 */
export const toIntraday: Decode = (personId, entries, now = Number.POSITIVE_INFINITY) =>
  decodeEach(entries, "epoch", (entry) => {
    const at = timeIn(entry, "epoch", now)
    if (at === null) return "is not under a time between 1990 and two days from now"
    const facts = { personId, source: "intraday", group: GroupId(String(at)), at, modified: at } as const
    const record = newRecord({ ...facts, deviceId: deviceIdIn(entry), attribution: "device" })
    readDataFields(entry, intradayFields, record.keep)
    return record
  })
