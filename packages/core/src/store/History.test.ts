import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Measure } from "../measure/Measure.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import * as Database from "./Database.ts"
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

const layer = Layer.mergeAll(MeasureStore.layer, History.layer).pipe(
  Layer.provideMerge(ChangeFeed.layerMemory),
  Layer.provideMerge(Database.layerMemory),
)

const valuesOf = (feature: string) =>
  Effect.flatMap(History, (history) => history.range({ personId: "ann", feature, from: 0, to: 100 })).pipe(
    Effect.map((points) => points.map(({ value }) => value)),
  )

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
