import type { Measure } from "../measure/Measure.ts"
import { isWire, numberIn, scaled, type Wire } from "./wire/read.ts"

/** Goals of `getgoals`. Withings says neither when nor since when: they count from when they were read. */
export const toGoals = (personId: string, body: Wire, now: number): ReadonlyArray<Measure> => {
  // A person without goals is answered with an empty list where others have an object.
  const goals = isWire(body["goals"]) ? body["goals"] : {}
  const weight = isWire(goals["weight"]) ? goals["weight"] : {}
  const weightValue = numberIn(weight, "value")
  const values: ReadonlyArray<readonly [string, number | null]> = [
    ["goal-steps", numberIn(goals, "steps")],
    ["goal-sleep", numberIn(goals, "sleep")],
    ["goal-weight", weightValue === null ? null : scaled(weightValue, numberIn(weight, "unit") ?? 0)],
  ]
  return values.flatMap(([kind, value]): ReadonlyArray<Measure> =>
    value === null || !Number.isFinite(value)
      ? []
      : [
          {
            personId,
            source: "goal",
            group: kind,
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
