import { attributionOf } from "./attrib.ts"
import { readDataFields, workoutFields } from "../client/dataFields.ts"
import type { Decode } from "./Decoded.ts"
import { decodeEach, newRecord } from "./decodeEach.ts"
import { codeIn, deviceIdIn, numberIn, partIn, timeIn } from "../wire/read.ts"
import { stretchIn } from "./stretchIn.ts"

/** Workouts of `getworkouts`: every figure is a measure, taken when the workout ended. */
export const toWorkout: Decode = (personId, workouts, now = Number.POSITIVE_INFINITY) =>
  decodeEach(workouts, "id", (workout) => {
    const stretch = stretchIn(workout, now)
    if (typeof stretch === "string") return stretch
    const { end, group, start } = stretch
    const modified = timeIn(workout, "modified", now) ?? end
    const attribution = attributionOf(numberIn(workout, "attrib") ?? 0)
    const facts = { personId, source: "workout", group, at: end, attribution, modified } as const
    const record = newRecord({ ...facts, deviceId: deviceIdIn(workout) })
    record.keep("workout-category", codeIn(workout, "category"))
    record.keep("workout-duration", end - start)
    readDataFields(partIn(workout, "data"), workoutFields, record.keep)
    return record
  })
