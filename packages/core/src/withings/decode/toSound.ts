import { GroupId } from "../../measure/Measure.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { codeIn, deviceIdIn, noTime, textIn, timeIn } from "../wire/read.ts"

/** Recordings of `stethov2 list`, the only list with those of a BeamO. The group is the id of the sound. */
export const toSound: Decode = (personId, records, now = Number.POSITIVE_INFINITY) =>
  decodeEach(records, "signalid", (record) => {
    const at = timeIn(record, "timestamp", now)
    if (at === null) return noTime(record, "timestamp")
    const group = textIn(record, "signalid")
    if (group === null) return "has no id of a signal"
    const value = codeIn(record, "vhd")
    if (value === null) return { modified: at, measures: [] }
    const deviceId = deviceIdIn(record)
    const verdict = {
      personId,
      source: "sound",
      group: GroupId(group),
      kind: "valve-disease",
      position: null,
      at,
      value,
      deviceId,
      attribution: "device",
      modified: at,
    } as const
    return { modified: at, measures: [verdict] }
  })
