import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import { attributionOf } from "./attrib.ts"
import { readDataFields, workoutFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach } from "./decodeEach.ts"
import { codeIn, deviceIdIn, isWire, noText, noTime, numberIn, textIn, timeIn } from "../wire/read.ts"

/** Workouts of `getworkouts`: every figure is a measure, taken when the workout ended. */
export const toWorkout: Decode = (personId, workouts, now = Number.POSITIVE_INFINITY) =>
  decodeEach(workouts, "id", (workout) => {
    const group = textIn(workout, "id")
    const start = timeIn(workout, "startdate", now)
    const end = timeIn(workout, "enddate", now)
    if (group === null) return noText(workout, "id")
    if (start === null) return noTime(workout, "startdate")
    if (end === null) return noTime(workout, "enddate")
    if (end < start) return "ends before it begins"
    const modified = timeIn(workout, "modified", now) ?? end
    const data = isWire(workout["data"]) ? workout["data"] : {}
    const category = codeIn(workout, "category")
    const deviceId = deviceIdIn(workout)
    const attribution = attributionOf(numberIn(workout, "attrib") ?? 0)
    const measures: Array<Measure> = []
    const keep = (kind: KindKey, value: number) =>
      measures.push({
        personId,
        source: "workout",
        group: GroupId(group),
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

const workoutCategory = "workout-category"
const workoutDuration = "workout-duration"
