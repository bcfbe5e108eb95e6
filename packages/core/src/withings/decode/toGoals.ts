import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import { newRecord } from "./decodeEach.ts"
import { numberIn, partIn, scaledIn, type Wire } from "../wire/read.ts"

/** Goals of `getgoals`. Withings sends no time with them, so they count from when they were read. */
export const toGoals = (personId: PersonId, body: Wire, now: number): ReadonlyArray<Measure> => {
  // Without goals, Withings sends an empty list in place of the object.
  const goals = partIn(body, "goals")
  const values: ReadonlyArray<readonly [KindKey, number | null]> = [
    ["goal-steps", numberIn(goals, "steps")],
    ["goal-sleep", numberIn(goals, "sleep")],
    ["goal-weight", scaledIn(partIn(goals, "weight"))],
  ]
  const facts = { personId, source: "goal", at: now, modified: now, deviceId: null } as const
  return values.flatMap(([kind, value]) => {
    const { keep, measures } = newRecord({ ...facts, group: GroupId(kind), attribution: "manual" })
    keep(kind, value)
    return measures
  })
}
