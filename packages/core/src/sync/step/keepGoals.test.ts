import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { onEveryStore } from "../../../test/postgres.ts"
import { storeOfAnn } from "../../../test/storeOfAnn.ts"
import { type Measure, GroupId } from "../../measure/Measure.ts"
import { PersonId } from "../../measure/Person.ts"
import { MeasureStore } from "../../store/MeasureStore.ts"
import { keepGoals } from "./keepGoals.ts"

const goal = (kind: Measure["kind"], value: number, at: number): Measure => ({
  personId: PersonId("ann"),
  source: "goal",
  group: GroupId(kind),
  kind,
  position: null,
  at,
  value,
  deviceId: null,
  attribution: "manual",
  modified: at,
})

await onEveryStore((store) => {
  const layer = storeOfAnn(store)
  const known = Effect.map(
    Effect.flatMap(MeasureStore, ({ latest }) => latest),
    (all) => all.map(({ at, kind, value }) => `${kind} ${value} since ${at}`).toSorted(),
  )
  const read = (...goals: ReadonlyArray<Measure>) => keepGoals(PersonId("ann"), goals, Effect.void)

  it.effect("goals change, are given up and set again; unchanged they stay as they were", () =>
    Effect.gen(function* () {
      const { keep } = yield* MeasureStore
      const weighing = { ...goal("weight", 72.4, 100), source: "getmeas", group: GroupId("7") } as const
      yield* keep({ personId: PersonId("ann"), source: "getmeas", measures: [weighing], firstHistory: false })
      const weight = "weight 72.4 since 100"

      yield* read(goal("goal-steps", 10_000, 100), goal("goal-weight", 70, 100))
      yield* read(goal("goal-steps", 10_000, 200), goal("goal-weight", 69, 200))
      assert.deepStrictEqual(yield* known, ["goal-steps 10000 since 100", "goal-weight 69 since 200", weight])

      yield* read(goal("goal-steps", 10_000, 300))
      assert.deepStrictEqual(yield* known, ["goal-steps 10000 since 100", weight])
      yield* read()
      assert.deepStrictEqual(yield* known, [weight])

      yield* read(goal("goal-weight", 69, 400))
      assert.deepStrictEqual(yield* known, ["goal-weight 69 since 400", weight])
    }).pipe(Effect.provide(layer)),
  )
})
