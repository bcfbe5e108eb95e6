import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, FastCheck, SubscriptionRef } from "effect"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { Revision } from "../device/Household.ts"
import { DeviceId } from "../measure/Device.ts"
import { PersonId } from "../measure/Person.ts"
import { MeasureStore } from "./MeasureStore.ts"

const weighing = (change: Partial<Measure> = {}): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId("1"),
  kind: "weight",
  position: null,
  at: 1000,
  value: 72.4,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: 2000,
  ...change,
})

const page = (...measures: ReadonlyArray<Measure>) =>
  ({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: false }) as const

const revision = Effect.flatMap(ChangeFeed, (feed) => SubscriptionRef.get(feed.revision))

const measures = FastCheck.array(
  FastCheck.record({
    group: FastCheck.constantFrom(GroupId("1"), GroupId("2"), GroupId("3")),
    kind: FastCheck.constantFrom<Measure["kind"]>("weight", "fat-ratio"),
    at: FastCheck.integer({ min: 1000, max: 1010 }),
    modified: FastCheck.integer({ min: 1, max: 1_000_000 }),
    value: FastCheck.integer({ min: -9_999_999, max: 9_999_999 }),
    unit: FastCheck.integer({ min: -4, max: 0 }),
    deviceId: FastCheck.constantFrom(DeviceId("scale"), null),
  }),
  { maxLength: 12 },
)

await onEveryStore((store) => {
  const layer = storeOfAnn(store)

  it.effect("reading the same twice changes nothing, not even the revision", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      const both = page(weighing(), weighing({ kind: "fat-ratio", value: 18.2 }))
      assert.lengthOf(yield* store.keep(both), 2)
      const before = yield* revision
      assert.lengthOf(yield* store.keep(both), 0)
      assert.strictEqual(yield* revision, before)
      assert.strictEqual(before, 1)
      assert.lengthOf(yield* store.latest, 2)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("other work has its turn while a page of thousands is kept", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      let turns = 0
      const turn = () => {
        turns++
        next = setImmediate(turn)
      }
      let next = setImmediate(turn)
      const many = Array.from({ length: 5000 }, (_, n) =>
        weighing({ group: GroupId(String(n)), at: 1000 + n }),
      )
      assert.lengthOf(yield* store.keep(page(...many)), 5000)
      clearImmediate(next)
      assert.isAtLeast(turns, 5)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("an edit changes the value and is no new measure; an older version changes nothing", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* store.keep(page(weighing()))
      const known = yield* revision
      yield* store.keep(page(weighing({ value: 71.9, modified: 3000 })))
      assert.lengthOf(yield* store.keep(page(weighing({ value: 60, modified: 1000 }))), 0)
      assert.deepStrictEqual(yield* store.latest, [weighing({ value: 71.9, modified: 3000 })])
      assert.lengthOf(yield* store.born(known, Revision(99)), 0)
      assert.lengthOf(yield* store.born(Revision(0), Revision(99)), 1)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("an edit that moves the newest measure back in time lets the one before it stand", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* store.keep(
        page(
          weighing({ group: GroupId("1"), at: 1000, value: 70 }),
          weighing({ group: GroupId("2"), at: 1100, value: 71 }),
        ),
      )
      yield* store.keep(page(weighing({ group: GroupId("2"), at: 900, value: 71, modified: 3000 })))
      assert.deepStrictEqual(
        (yield* store.latest).map((one) => one.value),
        [70],
      )
    }).pipe(Effect.provide(layer)),
  )

  it.effect("what a whole answer does not list is deleted, and comes back when it is listed again", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      const first = weighing({ group: GroupId("1"), at: 1000, value: 70 })
      const second = weighing({ group: GroupId("2"), at: 1100, value: 71 })
      const outside = weighing({ group: GroupId("3"), at: 5000, kind: "heart-rate" })
      yield* store.keep(page(first, second, outside))
      yield* store.keep({
        ...page(first),
        whole: { from: 900, to: 2000, groups: new Set([GroupId("1")]), expected: false },
      })
      assert.deepStrictEqual((yield* store.latest).map((one) => one.group).toSorted(), ["1", "3"])
      yield* store.keep({
        ...page(first, second),
        whole: { from: 900, to: 2000, groups: new Set([GroupId("1"), GroupId("2")]), expected: false },
      })
      assert.deepStrictEqual((yield* store.latest).map((one) => one.group).toSorted(), ["2", "3"])
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a measure taken out of an edited record is deleted", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* store.keep(page(weighing(), weighing({ kind: "fat-ratio", value: 18.2 })))
      yield* store.keep(page(weighing({ modified: 3000 })))
      assert.deepStrictEqual(
        (yield* store.latest).map((one) => one.kind),
        ["weight"],
      )
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a measure that Withings is unsure about does not stand for the person", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* store.keep(page(weighing()))
      yield* store.keep(
        page(weighing({ group: GroupId("2"), at: 2000, value: 40, attribution: "ambiguous" })),
      )
      assert.deepStrictEqual(
        (yield* store.latest).map((one) => one.value),
        [72.4],
      )
    }).pipe(Effect.provide(layer)),
  )

  it.effect("the first history makes no news", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* store.keep({ ...page(weighing()), firstHistory: true })
      assert.lengthOf(yield* store.born(Revision(0), Revision(99)), 0)
      assert.strictEqual(yield* revision, 1)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("nothing is kept of a page when what goes alongside fails", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* Effect.flip(store.keep(page(weighing()), () => Effect.fail("lease lost")))
      assert.lengthOf(yield* store.latest, 0)
      assert.strictEqual(yield* revision, 0)
    }).pipe(Effect.provide(layer)),
  )

  it.effect.prop(
    "values are exact, and in whatever order versions come the newest of each stands",
    { written: measures },
    ({ written }) =>
      Effect.gen(function* () {
        const store = yield* MeasureStore
        const sql = yield* SqlClient.SqlClient
        // Each version of its own time: two different contents with one `modified` have no order.
        const all = written.map(({ unit, value, modified, ...rest }, index) =>
          weighing({ ...rest, value: Number(`${value}e${unit}`), modified: modified * 100 + index }),
        )
        // One measure a record here, so that none is taken for left out of an edited one.
        const apart = all.map((one) => ({ ...one, group: GroupId(`${one.group}/${one.kind}`) }))
        for (const one of apart) yield* store.keep(page(one))
        const newest = new Map<string, Measure>()
        for (const one of apart) {
          const known = newest.get(one.group)
          if (known === undefined || known.modified < one.modified) newest.set(one.group, one)
        }
        const rows = yield* sql<{ grp: string; value: number }>`SELECT grp, value FROM measure ORDER BY grp`
        assert.deepStrictEqual(
          rows.map((row) => [row.grp, row.value]),
          Array.from(newest.values(), (one) => [one.group, one.value]).toSorted(([a], [b]) =>
            String(a) < String(b) ? -1 : 1,
          ),
        )
        const standing = new Map<string, Measure>()
        for (const one of newest.values()) {
          const slot = `${one.kind} ${one.deviceId}`
          const known = standing.get(slot)
          if (
            known === undefined ||
            one.at > known.at ||
            (one.at === known.at && one.modified > known.modified)
          ) {
            standing.set(slot, one)
          }
        }
        assert.deepStrictEqual(
          new Set((yield* store.latest).map((one) => `${one.group} ${one.value}`)),
          new Set(Array.from(standing.values(), (one) => `${one.group} ${one.value}`)),
        )
      }).pipe(Effect.provide(layer)),
    { fastCheck: { numRuns: store.kind === "SQLite" ? 60 : 15 } },
  )
})
