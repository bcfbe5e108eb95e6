import { SqlClient } from "@effect/sql"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { type Device, DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { MeasureStore } from "./MeasureStore.ts"

const weighing = (nth: number): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId(`g${nth}`),
  kind: "weight",
  position: null,
  at: 1000 + nth,
  value: 70,
  deviceId: null,
  attribution: "device",
  modified: 2000,
})

const hour = 3600

const thirty = Array.from({ length: 30 }, (_, nth) => weighing(nth))
const page = { personId: PersonId("ann"), source: "getmeas", firstHistory: false } as const

/** An answer for the whole time that lists only these. */
const answer = (measures: ReadonlyArray<Measure>, expected = false) =>
  Effect.flatMap(MeasureStore, (store) =>
    store.keep({
      ...page,
      measures,
      whole: { from: 0, to: 9999, groups: new Set(measures.map(({ group }) => group)), expected },
    }),
  )

const left = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM measure WHERE deleted = 0`
  return Number(rows[0]?.n)
})

const deviceOf = (id: string): Device => ({
  personId: PersonId("ann"),
  id: DeviceId(id),
  type: "Scale",
  model: "Body+",
  modelId: 5,
  battery: null,
  timezone: null,
  firstSession: null,
  lastSession: null,
  linked: true,
})

await onEveryStore((store) => {
  const layer = Layer.provideMerge(HouseholdStore.layer, storeOfAnn(store))
  const start = Effect.flatMap(MeasureStore, (kept) => kept.keep({ ...page, measures: thirty }))

  describe("an answer that lists too little", () => {
    it.effect("deletes nothing until it was confirmed twice, hours apart", () =>
      Effect.gen(function* () {
        yield* start
        for (const [hours, kept] of [
          [0, 30],
          [1, 30],
          [4, 30],
          [5, 0],
        ] as const) {
          yield* atTime(hours * hour)(answer([]))
          assert.strictEqual(yield* left, kept)
        }
      }).pipe(Effect.provide(layer)),
    )

    it.effect("is forgotten when the next one lists everything again", () =>
      Effect.gen(function* () {
        yield* start
        yield* answer([])
        yield* atTime(24 * hour)(answer(thirty))
        yield* atTime(48 * hour)(answer(thirty.slice(0, 5)))
        yield* atTime(72 * hour)(answer([]))
        assert.strictEqual(yield* left, 30)
      }).pipe(Effect.provide(layer)),
    )

    it.effect("is believed when little is gone, or when a change was announced", () =>
      Effect.gen(function* () {
        yield* start
        yield* answer(thirty.slice(3))
        assert.strictEqual(yield* left, 27)
        const one = { from: 1003, to: 1003, groups: new Set<GroupId>() }
        const kept = yield* MeasureStore
        yield* kept.keep({ ...page, measures: [], whole: { ...one, expected: false } })
        assert.strictEqual(yield* left, 27)
        yield* kept.keep({ ...page, measures: [], whole: { ...one, from: 1004, to: 1004, expected: true } })
        assert.strictEqual(yield* left, 26)
      }).pipe(Effect.provide(layer)),
    )

    it.effect("takes no device away until it was confirmed twice, hours apart", () =>
      Effect.gen(function* () {
        const household = yield* HouseholdStore
        const linked = Effect.map(household.devices, (all) => all.filter((one) => one.linked).length)
        const both = [deviceOf("a"), deviceOf("b")]
        const list = (at: number, devices: ReadonlyArray<Device>) =>
          atTime(at * hour)(household.keepDevices(PersonId("ann"), devices))
        yield* list(0, both)
        yield* list(0, [])
        yield* list(1, [])
        yield* list(2, both)
        for (const [at, kept] of [
          [3, 2],
          [4, 2],
          [5, 2],
          [7, 2],
          [8, 0],
        ] as const) {
          yield* list(at, [])
          assert.strictEqual(yield* linked, kept)
        }
        assert.deepStrictEqual(
          (yield* household.devices).map((one) => one.unlinkedAt),
          [8 * 3600, 8 * 3600],
        )
        yield* household.keepDevices(PersonId("ann"), both)
        yield* household.keepDevices(PersonId("ann"), [deviceOf("a")])
        assert.strictEqual(yield* linked, 1)
      }).pipe(Effect.provide(layer)),
    )
  })

  it.effect("what could not be read of a record does not delete the rest of it", () =>
    Effect.gen(function* () {
      const kept = yield* MeasureStore
      yield* kept.keep({ ...page, measures: [weighing(1), { ...weighing(1), kind: "fat-ratio" }] })
      const newer = { ...weighing(1), modified: 3000 }
      yield* kept.keep({ ...page, measures: [newer], partlyRead: new Set(["g1"]) })
      assert.strictEqual(yield* left, 2)
      yield* kept.keep({ ...page, measures: [{ ...newer, modified: 4000 }] })
      assert.strictEqual(yield* left, 1)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a row that the store does not take is left out alone", () =>
    Effect.gen(function* () {
      const kept = yield* MeasureStore
      const bad = { ...weighing(99), value: Number.NaN }
      const changed = yield* kept.keep({
        ...page,
        measures: [...thirty.slice(0, 7), bad, ...thirty.slice(7)],
      })
      assert.strictEqual(changed.length, 30)
      assert.strictEqual(yield* left, 30)
    }).pipe(Effect.provide(layer)),
  )
})
