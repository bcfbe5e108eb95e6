import { type Measure, GroupId } from "../../measure/Measure.ts"
import { intradayFields, readDataFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { deviceIdIn, timeIn } from "../wire/read.ts"

/**
 * Entries of `getintradayactivity`, each with the moment at which it began. They have no `modified`: the moment itself
 * stands for it, and a value that changed afterwards replaces the one before.
 */
export const toIntraday: Decode = (personId, entries, now = Number.POSITIVE_INFINITY) =>
  decodeEach(entries, "epoch", (entry) => {
    const at = timeIn(entry, "epoch", now)
    if (at === null) return "is not under a time between 1990 and two days from now"
    const deviceId = deviceIdIn(entry)
    const measures: Array<Measure> = []
    readDataFields(entry, intradayFields, (kind, value) =>
      measures.push({
        personId,
        source: "intraday",
        group: GroupId(String(at)),
        kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified: at,
      }),
    )
    return { modified: at, measures }
  })
