import type { Measure } from "../measure/Measure.ts"
import { attributionOf } from "./attrib.ts"
import { readDataFields, workoutFields } from "./dataFields.ts"
import type { Decoded } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { isWire, numberIn, textIn } from "./wire/read.ts"

/** Workouts of `getworkouts`: every figure is a measure, taken when the workout ended. */
export const toWorkout = (personId: string, workouts: ReadonlyArray<unknown>): Decoded =>
  decodeEach(workouts, "id", (workout) => {
    const group = textIn(workout, "id")
    const start = numberIn(workout, "startdate")
    const end = numberIn(workout, "enddate")
    if (group === null) return "has no id"
    if (start === null || end === null) return "has no start or no end"
    const modified = numberIn(workout, "modified") ?? end
    const data = isWire(workout["data"]) ? workout["data"] : {}
    const category = numberIn(workout, "category")
    const deviceId = textIn(workout, "deviceid") ?? textIn(workout, "hash_deviceid")
    const attribution = attributionOf(numberIn(workout, "attrib") ?? 0)
    const measures: Array<Measure> = []
    const keep = (kind: string, value: number) =>
      measures.push({
        personId,
        source: "workout",
        group,
        kind,
        position: null,
        at: end,
        value,
        deviceId,
        attribution,
        modified,
      })
    if (category !== null) keep(workoutCategory, category)
    keep(workoutDuration, end - start)
    readDataFields(data, workoutFields, keep)
    return { modified, measures }
  })

export const workoutCategory = "workout-category"
export const workoutDuration = "workout-duration"
