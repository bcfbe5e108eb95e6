import { GroupId } from "../../measure/Measure.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { codeIn, deviceIdIn, noTime, numberIn, partIn, textIn, timeIn } from "../wire/read.ts"

/**
 * Recordings of `heart list`. The group of a recording is the id of its signal, by which the curve can be fetched; a
 * recording of the stethoscope alone has the id of its sound.
 */
export const toHeart: Decode = (personId, records, now = Number.POSITIVE_INFINITY) =>
  decodeEach(records, "timestamp", (recording) => {
    const at = timeIn(recording, "timestamp", now)
    if (at === null) return noTime(recording, "timestamp")
    const ecg = partIn(recording, "ecg")
    const stethoscope = partIn(recording, "stetho")
    const bloodPressure = partIn(recording, "bloodpressure")
    const group = textIn(ecg, "signalid") ?? textIn(stethoscope, "signalid")
    if (group === null) return "has no id of a signal"
    const modified = timeIn(recording, "modified", now) ?? at
    const facts = { personId, source: "heart", group: GroupId(group), at, modified } as const
    const record = newRecord({ ...facts, deviceId: deviceIdIn(recording), attribution: "device" })
    record.keep("afib-ecg", codeIn(ecg, "afib"))
    record.keep("ecg-heart-rate", positive(numberIn(recording, "heart_rate")))
    record.keep("blood-pressure-systolic", positive(numberIn(bloodPressure, "systole")))
    record.keep("blood-pressure-diastolic", positive(numberIn(bloodPressure, "diastole")))
    record.keep("valve-disease", codeIn(stethoscope, "vhd"))
    return record
  })

/** Zero means "not measured". */
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null)
