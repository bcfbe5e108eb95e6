import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import {
  codeIn,
  deviceIdIn,
  isValue,
  isWire,
  noTime,
  numberIn,
  textIn,
  timeIn,
  type Wire,
} from "../wire/read.ts"

/**
 * Recordings of `heart list`. The group of a recording is the id of its signal, by which the curve itself can be
 * asked for; a recording of the stethoscope alone has that of its sound.
 */
export const toHeart: Decode = (personId, records, now = Number.POSITIVE_INFINITY) =>
  decodeEach(records, "timestamp", (record) => {
    const at = timeIn(record, "timestamp", now)
    if (at === null) return noTime(record, "timestamp")
    const ecg = partOf(record, "ecg")
    const stethoscope = partOf(record, "stetho")
    const bloodPressure = partOf(record, "bloodpressure")
    const group = textIn(ecg, "signalid") ?? textIn(stethoscope, "signalid")
    if (group === null) return "has no id of a signal"
    const modified = timeIn(record, "modified", now) ?? at
    const deviceId = deviceIdIn(record)
    const measures: Array<Measure> = []
    const keep = (kind: KindKey, value: number | null): void => {
      if (value === null || !isValue(value)) return
      measures.push({
        personId,
        source: "heart",
        group: GroupId(group),
        kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified,
      })
    }
    keep("afib-ecg", codeIn(ecg, "afib"))
    keep("ecg-heart-rate", positive(numberIn(record, "heart_rate")))
    keep("blood-pressure-systolic", positive(numberIn(bloodPressure, "systole")))
    keep("blood-pressure-diastolic", positive(numberIn(bloodPressure, "diastole")))
    keep("valve-disease", codeIn(stethoscope, "vhd"))
    return { modified, measures }
  })

const nothing: Wire = {}

const partOf = (record: Wire, part: string): Wire => {
  const value = record[part]
  return isWire(value) ? value : nothing
}

/** A zero says that nothing was measured. */
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null)
