import { type Measure, GroupId } from "../../measure/Measure.ts"
import type { PersonId } from "../../measure/Person.ts"
import type { KindKey } from "../../measure/measureKinds.ts"
import { isValue, isWire, numberIn, scaledIn, type Wire } from "../wire/read.ts"

/** Goals of `getgoals`. Withings says neither when nor since when: they count from when they were read. */
export const toGoals = (personId: PersonId, body: Wire, now: number): ReadonlyArray<Measure> => {
  // A person without goals is answered with an empty list where others have an object.
  const goals = isWire(body["goals"]) ? body["goals"] : {}
  const weight = isWire(goals["weight"]) ? goals["weight"] : {}
  const values: ReadonlyArray<readonly [KindKey, number | null]> = [
    ["goal-steps", numberIn(goals, "steps")],
    ["goal-sleep", numberIn(goals, "sleep")],
    ["goal-weight", scaledIn(weight)],
  ]
  return values.flatMap(([kind, value]): ReadonlyArray<Measure> =>
    value === null || !isValue(value)
      ? []
      : [
          {
            personId,
            source: "goal",
            group: GroupId(kind),
            kind,
            position: null,
            at: now,
            value,
            deviceId: null,
            attribution: "manual",
            modified: now,
          },
        ],
  )
}
