import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { DeviceId } from "../measure/Device.ts"
import { PersonId } from "../measure/Person.ts"
import type { Period } from "./aggregate.ts"
import { History } from "./History.ts"
import { MeasureStore } from "./MeasureStore.ts"

const measure = (kind: Measure["kind"], position: number | null, at: number, value: number): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId(String(at)),
  kind,
  position,
  at,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: at,
})

const valuesOf = (feature: string) =>
  Effect.flatMap(History, (history) =>
    history.range({ personId: PersonId("ann"), feature, from: 0, to: 100 }),
  ).pipe(Effect.map((points) => points.map(({ value }) => value)))

const addAnn = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
    VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0)`,
)

await onEveryStore((kind) => {
  const layer = Layer.provideMerge(Layer.mergeAll(MeasureStore.layer, History.layer), kind.layer)

  it.effect("has the past of each feature, wherever Withings says it was measured", () =>
    Effect.gen(function* () {
      yield* addAnn
      const store = yield* MeasureStore
      const measures = [
        measure("weight", null, 1, 72),
        measure("weight", 7, 2, 73),
        measure("heart-rate", 3, 3, 60),
        measure("muscle-mass", 12, 4, 30),
        measure("muscle-mass", 7, 4, 55),
        measure("muscle-mass", null, 5, 56),
      ]
      yield* store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      assert.deepStrictEqual(yield* valuesOf("weight"), [72, 73])
      assert.deepStrictEqual(yield* valuesOf("heart-rate"), [60])
      assert.deepStrictEqual(yield* valuesOf("muscle-mass"), [55, 56])
      assert.deepStrictEqual(yield* valuesOf("muscle-mass@12"), [30])
    }).pipe(Effect.provide(layer)),
  )

  it.effect("reduces a long past in the database to the same lows and highs", () =>
    Effect.gen(function* () {
      yield* addAnn
      const store = yield* MeasureStore
      const valueAt = (index: number) => (index === 12_345 ? 300 : 60 + ((index * 7919) % 61))
      const measures = Array.from({ length: 21_000 }, (_, index) =>
        measure("heart-rate", null, index * 60, valueAt(index)),
      )
      yield* store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      const history = yield* History
      const stretch = { personId: PersonId("ann"), feature: "heart-rate", from: 0, to: 1e9, points: 1000 }
      const reduced = yield* history.reduced(stretch)
      assert.isAtMost(reduced.length, 1000)
      assert.isAtLeast(reduced.length, 900)
      assert.deepStrictEqual(
        reduced.map(({ at }) => at),
        reduced.map(({ at }) => at).toSorted((a, b) => a - b),
      )
      assert.deepStrictEqual([reduced[0]?.at, reduced.at(-1)?.at], [0, 20_999 * 60])
      const peak = reduced.find(({ value }) => value === 300)
      assert.isTrue(peak !== undefined && Math.abs(peak.at - 12_345 * 60) < (2 * 21_000 * 60) / 500)
      assert.strictEqual(Math.min(...reduced.map(({ value }) => value)), 60)
      const few = yield* history.reduced({ ...stretch, to: 60 * 60 })
      assert.lengthOf(few, 61)
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
      yield* store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      const stretch = { personId: PersonId("ann"), feature: "weight", from: 0, to: 1e11 }
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

  it.effect("has one value of a feature at a time: the one changed last", () =>
    Effect.gen(function* () {
      yield* addAnn
      const store = yield* MeasureStore
      const measures = [
        measure("fat-mass", null, 1, 20),
        measure("fat-mass", 7, 1, 20),
        { ...measure("fat-mass", 7, 2, 21), modified: 9 },
        { ...measure("fat-mass", null, 2, 22), group: GroupId("other"), modified: 3 },
        measure("fat-mass", 12, 2, 11),
        measure("afib-ecg", null, 3, 0),
      ]
      yield* store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      const listed = {
        ...measure("afib-ecg", null, 3, 1),
        source: "heart",
        group: GroupId("signal"),
        modified: 4,
      } as const
      yield* store.keep({
        personId: PersonId("ann"),
        source: "heart",
        measures: [listed],
        firstHistory: true,
      })
      assert.deepStrictEqual(yield* valuesOf("fat-mass"), [20, 21])
      assert.deepStrictEqual(yield* valuesOf("fat-mass@12"), [11])
      assert.deepStrictEqual(yield* valuesOf("afib-ecg"), [1])
      const history = yield* History
      const stretch = { personId: PersonId("ann"), feature: "fat-mass", from: 0, to: 100 }
      assert.strictEqual(yield* history.count(stretch), 2)
      assert.deepStrictEqual(yield* history.newest({ ...stretch, take: 1 }), [{ at: 2, value: 21 }])
    }).pipe(Effect.provide(layer)),
  )

  it.effect("works out the past of what Withings does not send", () =>
    Effect.gen(function* () {
      yield* addAnn
      const store = yield* MeasureStore
      const day = 86_400
      const measures = [
        measure("height", null, 0, 2),
        measure("weight", null, day, 80),
        measure("weight", 7, 9 * day, 84),
        measure("weight", null, 200 * day, 90),
      ]
      yield* store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
      const history = yield* History
      const stretch = { personId: PersonId("ann"), from: 0, to: 1e9 }
      assert.deepStrictEqual(yield* history.range({ ...stretch, feature: "bmi" }), [
        { at: day, value: 20 },
        { at: 9 * day, value: 21 },
        { at: 200 * day, value: 22.5 },
      ])
      const changes = { ...stretch, feature: "weight-change-7-days", from: 5 * day }
      assert.deepStrictEqual(yield* history.range(changes), [{ at: 9 * day, value: 4 }])
      assert.strictEqual(yield* history.count(changes), 1)
    }).pipe(Effect.provide(layer)),
  )
})
