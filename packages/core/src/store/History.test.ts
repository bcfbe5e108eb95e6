import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Measure } from "../measure/Measure.ts"
import { onEveryStore } from "../../test/postgres.ts"
import type { Period } from "./aggregate.ts"
import { History } from "./History.ts"
import { MeasureStore } from "./MeasureStore.ts"

const measure = (kind: string, position: number | null, at: number, value: number): Measure => ({
  personId: "ann",
  source: "getmeas",
  group: String(at),
  kind,
  position,
  at,
  value,
  deviceId: "scale",
  attribution: "device",
  modified: at,
})

const valuesOf = (feature: string) =>
  Effect.flatMap(History, (history) => history.range({ personId: "ann", feature, from: 0, to: 100 })).pipe(
    Effect.map((points) => points.map(({ value }) => value)),
  )

await onEveryStore((kind) => {
  const layer = Layer.provideMerge(Layer.mergeAll(MeasureStore.layer, History.layer), kind.layer)

  it.effect("has the past of each feature, wherever Withings says it was measured", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
      VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0)`
      const store = yield* MeasureStore
      const measures = [
        measure("weight", null, 1, 72),
        measure("weight", 7, 2, 73),
        measure("heart-rate", 3, 3, 60),
        measure("muscle-mass", 12, 4, 30),
        measure("muscle-mass", 7, 4, 55),
        measure("muscle-mass", null, 5, 56),
      ]
      yield* store.keep({ personId: "ann", source: "getmeas", measures, firstHistory: true })
      assert.deepStrictEqual(yield* valuesOf("weight"), [72, 73])
      assert.deepStrictEqual(yield* valuesOf("heart-rate"), [60])
      assert.deepStrictEqual(yield* valuesOf("muscle-mass"), [55, 56])
      assert.deepStrictEqual(yield* valuesOf("muscle-mass@12"), [30])
    }).pipe(Effect.provide(layer)),
  )

  it.effect("has the days, weeks and months of where the person lives", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since, timezone)
      VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0, 'Pacific/Auckland')`
      const store = yield* MeasureStore
      const at = (iso: string) => Date.parse(iso) / 1000
      const measures = [
        measure("weight", null, at("2026-10-31T10:00:00Z"), 70),
        measure("weight", null, at("2026-10-31T12:00:00Z"), 74),
        measure("weight", null, at("2026-11-01T06:00:00Z"), 72),
      ]
      yield* store.keep({ personId: "ann", source: "getmeas", measures, firstHistory: true })
      const stretch = { personId: "ann", feature: "weight", from: 0, to: 1e11 }
      const by = (period: Period) =>
        Effect.map(
          Effect.flatMap(History, (history) => history.by(period, stretch)),
          (all) => all.map(({ count, date, max, mean, min }) => [date, count, min, max, mean]),
        )
      // Noon in London is past midnight in Auckland.
      const [saturday, sunday] = [
        ["2026-10-31", 1, 70, 70, 70],
        ["2026-11-01", 2, 72, 74, 73],
      ]
      assert.deepStrictEqual(yield* by("day"), [saturday, sunday])
      assert.deepStrictEqual(yield* by("week"), [["2026-10-26", 3, 70, 74, 72]])
      assert.deepStrictEqual(yield* by("month"), [["2026-10-01", 1, 70, 70, 70], sunday])
    }).pipe(Effect.provide(layer)),
  )
})
