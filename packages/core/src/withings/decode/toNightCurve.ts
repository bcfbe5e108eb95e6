import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import { nightCurveFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { codeIn, deviceIdIn, isValue, isWire, noTime, numberIn, timeIn, toTime } from "../wire/read.ts"

/**
 * Stages of `sleep get`: the state that begins with each, and the minutes within. A mat and a watch may both report a
 * minute, so the group names the device.
 */
export const toNightCurve: Decode = (personId, stages, now = Number.POSITIVE_INFINITY) =>
  decodeEach(stages, "startdate", (stage) => {
    const start = timeIn(stage, "startdate", now)
    if (start === null) return noTime(stage, "startdate")
    const deviceId = deviceIdIn(stage)
    let newest = start
    const measures: Array<Measure> = []
    const keep = (kind: KindKey, at: number, value: number): void => {
      if (at > newest) newest = at
      measures.push({
        personId,
        source: "intraday",
        group: GroupId(deviceId === null ? String(at) : `${at}@${deviceId}`),
        kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified: at,
      })
    }
    const state = codeIn(stage, "state")
    if (state !== null) keep("night-state", start, state)
    for (const { field, kind, neverZero } of nightCurveFields) {
      const minutes = stage[field]
      if (!isWire(minutes)) continue
      for (const epoch in minutes) {
        const value = numberIn(minutes, epoch)
        const at = toTime(Number(epoch), now)
        if (at === null || value === null || value < 0 || (neverZero && value === 0)) continue
        if (isValue(value)) keep(kind, at, value)
      }
    }
    return { modified: newest, measures }
  })
