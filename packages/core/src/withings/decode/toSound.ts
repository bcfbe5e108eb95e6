import { GroupId } from "../../measure/Measure.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { codeIn, deviceIdIn, noTime, textIn, timeIn } from "../wire/read.ts"

/** Recordings of `stethov2 list`, the only list that has those of a BeamO. The group is the id of the sound. */
export const toSound: Decode = (personId, records, now = Number.POSITIVE_INFINITY) =>
  decodeEach(records, "signalid", (sound) => {
    const at = timeIn(sound, "timestamp", now)
    if (at === null) return noTime(sound, "timestamp")
    const group = textIn(sound, "signalid")
    if (group === null) return "has no id of a signal"
    const facts = { personId, source: "sound", group: GroupId(group), at, modified: at } as const
    const record = newRecord({ ...facts, deviceId: deviceIdIn(sound), attribution: "device" })
    record.keep("valve-disease", codeIn(sound, "vhd"))
    return record
  })
