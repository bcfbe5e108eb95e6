import type { Measure } from "../measure/Measure.ts"
import { nightCurveFields } from "./dataFields.ts"
import type { Decoded } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { isWire, numberIn, textIn } from "./wire/read.ts"

/**
 * Stages of `sleep get`: the state that began with each, and the minutes within. A mat and a watch may tell of the
 * same minute, so that the device is in the group.
 */
export const toNightCurve = (personId: string, stages: ReadonlyArray<unknown>): Decoded =>
  decodeEach(stages, "startdate", (stage) => {
    const start = numberIn(stage, "startdate")
    if (start === null) return "has no start"
    const deviceId = textIn(stage, "deviceid") ?? textIn(stage, "hash_deviceid")
    let newest = start
    const measures: Array<Measure> = []
    const keep = (kind: string, at: number, value: number): void => {
      if (at > newest) newest = at
      measures.push({
        personId,
        source: "intraday",
        group: deviceId === null ? String(at) : `${at}@${deviceId}`,
        kind,
        position: null,
        at,
        value,
        deviceId,
        attribution: "device",
        modified: at,
      })
    }
    const state = numberIn(stage, "state")
    if (state !== null) keep("night-state", start, state)
    for (const { field, kind, neverZero } of nightCurveFields) {
      const minutes = stage[field]
      if (!isWire(minutes)) continue
      for (const epoch in minutes) {
        const value = numberIn(minutes, epoch)
        if (value === null || value < 0 || (neverZero && value === 0)) continue
        keep(kind, Number(epoch), value)
      }
    }
    return { modified: newest, measures }
  })
