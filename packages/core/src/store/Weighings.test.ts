import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, SubscriptionRef } from "effect"
import { onEveryStore, type StoreUnderTest } from "../../test/postgres.ts"
import { Revision } from "../device/Household.ts"
import { toMeasuredEvents } from "../device/measured.ts"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import type { WeightRange } from "../measure/weightRange.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { History } from "./History.ts"
import { MeasureStore, type Page } from "./MeasureStore.ts"
import { pastWeights } from "./pastWeights.ts"
import { recentPast } from "./recentPast.ts"
import { Weighings, WeightRanges } from "./Weighings.ts"

const day = 86_400
const noon = 100 * day

const annAndBen = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
    VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0), ('ben', '2', 'c', 'Ben', 'signed-in', 0)`,
)

/** A store of two persons who share a scale. */
const storeOfTwo = ({ layer }: StoreUnderTest, ranges: ReadonlyArray<WeightRange> = []) =>
  Layer.mergeAll(MeasureStore.layer, History.layer, Weighings.layer).pipe(
    Layer.provide(Layer.succeed(WeightRanges, ranges)),
    Layer.provideMerge(Layer.tap(layer, (context) => Effect.provide(annAndBen, context))),
  )

const measure = (personId: PersonId, more: Partial<Measure> = {}): Measure => ({
  personId,
  source: "getmeas",
  group: GroupId(`${personId}-1`),
  kind: "weight",
  position: null,
  at: noon,
  value: 72.4,
  deviceId: DeviceId("scale"),
  attribution: "ambiguous",
  modified: noon,
  ...more,
})

const pageOf = (...measures: ReadonlyArray<Measure>): Page => ({
  personId: measures[0]?.personId ?? PersonId("ann"),
  source: "getmeas",
  measures,
  firstHistory: false,
})

const bothPages = (more: Partial<Measure> = {}) =>
  [PersonId("ann"), PersonId("ben")].map((person) =>
    pageOf(measure(person, more), measure(person, { ...more, kind: "fat-ratio", value: 20 })),
  )

/** What Withings lists for both persons, as two syncs bring it. */
const syncBoth = (more: Partial<Measure> = {}) =>
  Effect.flatMap(MeasureStore, (store) =>
    Effect.forEach(bothPages(more), (page) => store.keep(page), { discard: true }),
  )

/** A reread of all there is, which deletes what it does not list. */
const rereadBoth = Effect.flatMap(MeasureStore, (store) =>
  Effect.forEach(
    bothPages(),
    (page) =>
      Effect.zipRight(
        store.keep({ ...page, firstHistory: true }),
        store.keep({
          ...page,
          measures: [],
          whole: {
            from: 0,
            to: 2 * noon,
            groups: new Set(page.measures.map(({ group }) => group)),
            expected: true,
          },
        }),
      ),
    { discard: true },
  ),
)

/** The store gives rows in no order. */
const inOrder = <A>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))

/** Everything that charts, readings, insights and rules are made of. */
const charts = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const history = yield* History
  const weights = (personId: PersonId) =>
    history.range({ personId, feature: "weight", from: 0, to: 2 * noon })
  return {
    ann: yield* weights(PersonId("ann")),
    ben: yield* weights(PersonId("ben")),
    latest: inOrder(yield* (yield* MeasureStore).latest),
    past: inOrder(yield* pastWeights(sql, "home")),
    recent: inOrder(yield* recentPast({ sql, household: "home" }, ["weight", "fat-ratio"], 0)),
  }
})

const only = Effect.flatMap(Weighings, ({ all }) =>
  Effect.flatMap(all, ([first, ...others]) => {
    assert.lengthOf(others, 0)
    return first === undefined ? Effect.dieMessage("there is no weighing") : Effect.succeed(first)
  }),
)

const assign = (personId: PersonId | null) =>
  Effect.gen(function* () {
    const { id } = yield* only
    yield* (yield* Weighings).assign(id, personId)
  })

await onEveryStore((store) => {
  const layer = storeOfTwo(store)

  it.effect("a weighing is listed with its possible persons, and hidden until someone chooses", () =>
    Effect.gen(function* () {
      const before = yield* charts
      yield* syncBoth()
      assert.deepStrictEqual(yield* charts, before)
      assert.deepInclude(yield* only, {
        deviceId: DeviceId("scale"),
        at: noon,
        weight: 72.4,
        persons: [
          { id: PersonId("ann"), name: "Ann" },
          { id: PersonId("ben"), name: "Ben" },
        ],
        choice: null,
      })
    }).pipe(Effect.provide(layer)),
  )

  it.effect("an assigned weighing is in one person's chart, and stays through syncs and rereads", () =>
    Effect.gen(function* () {
      yield* syncBoth()
      yield* assign(PersonId("ann"))
      const after = yield* charts
      assert.deepStrictEqual(after.ann, [{ at: noon, value: 72.4 }])
      assert.deepStrictEqual(after.ben, [])
      assert.deepStrictEqual(
        after.latest.map(({ attribution, kind, personId }) => [personId, kind, attribution]).toSorted(),
        [
          ["ann", "fat-ratio", "claimed"],
          ["ann", "weight", "claimed"],
        ],
      )
      const revision = yield* Effect.flatMap(ChangeFeed, (feed) => SubscriptionRef.get(feed.revision))
      yield* syncBoth()
      yield* rereadBoth
      assert.deepStrictEqual(yield* charts, after)
      assert.strictEqual(
        yield* Effect.flatMap(ChangeFeed, (feed) => SubscriptionRef.get(feed.revision)),
        revision,
      )
      yield* syncBoth({ value: 73, modified: noon + 9 })
      assert.deepStrictEqual((yield* charts).ann, [{ at: noon, value: 73 }])
      assert.deepInclude(yield* only, { choice: { personId: PersonId("ann"), by: "someone" } })
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a choice can be changed, also to nobody, which removes the weighing from charts", () =>
    Effect.gen(function* () {
      const before = yield* charts
      yield* syncBoth()
      yield* assign(PersonId("ann"))
      yield* assign(PersonId("ben"))
      const ofBen = yield* charts
      assert.deepStrictEqual([ofBen.ann, ofBen.ben], [[], [{ at: noon, value: 72.4 }]])
      yield* assign(null)
      yield* syncBoth({ modified: noon + 9 })
      yield* rereadBoth
      assert.deepStrictEqual(yield* charts, before)
      assert.deepInclude(yield* only, { choice: { personId: null, by: "someone" } })
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a choice survives when the measures are deleted and read again", () =>
    Effect.gen(function* () {
      yield* syncBoth()
      yield* assign(PersonId("ann"))
      const after = yield* charts
      const sql = yield* SqlClient.SqlClient
      yield* sql`DELETE FROM measure`
      yield* sql`DELETE FROM latest`
      yield* rereadBoth
      assert.deepStrictEqual(yield* charts, after)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("what Withings says later counts more than any choice", () =>
    Effect.gen(function* () {
      const store = yield* MeasureStore
      yield* syncBoth()
      yield* assign(PersonId("ann"))
      const ofBen = (bothPages({ attribution: "device", modified: noon + 9 })[1] ?? pageOf()).measures
      yield* store.keep(pageOf(...ofBen))
      yield* store.keep(bothPages({ modified: noon + 9 })[0] ?? pageOf())
      const { ann, ben } = yield* charts
      assert.deepStrictEqual([ann, ben], [[], [{ at: noon, value: 72.4 }]])
      assert.deepStrictEqual(yield* (yield* Weighings).all, [])
    }).pipe(Effect.provide(layer)),
  )

  it.effect("it can only be assigned to a possible person, and only while it exists", () =>
    Effect.gen(function* () {
      const weighings = yield* Weighings
      yield* (yield* MeasureStore).keep(pageOf(measure(PersonId("ann"))))
      const { id } = yield* only
      const toBen = yield* Effect.flip(weighings.assign(id, PersonId("ben")))
      assert.strictEqual(toBen.message, "Withings lists this weighing only for Ann.")
      const toNone = yield* Effect.flip(weighings.assign("0000", PersonId("ann")))
      assert.include(toNone.message, 'There is no weighing "0000"')
      assert.deepInclude(yield* only, { choice: null })
    }).pipe(Effect.provide(layer)),
  )

  const annAround70 = { person: "ann", from: 65, to: 75 }

  it.effect("a weight in one person's range is theirs as it comes, and is an event", () =>
    Effect.gen(function* () {
      yield* syncBoth()
      const { ann, ben } = yield* charts
      assert.deepStrictEqual([ann, ben], [[{ at: noon, value: 72.4 }], []])
      assert.deepInclude(yield* only, { choice: { personId: PersonId("ann"), by: "range" } })
      const events = toMeasuredEvents(yield* (yield* MeasureStore).born(Revision(0), Revision(100)), [])
      assert.deepStrictEqual(
        events.map(({ kinds, personId }) => ({ kinds, personId })),
        [{ personId: PersonId("ann"), kinds: ["fat-ratio", "weight"] }],
      )
      yield* assign(null)
      yield* syncBoth({ modified: noon + 9 })
      assert.deepStrictEqual((yield* charts).ann, [])
    }).pipe(Effect.provide(storeOfTwo(store, [annAround70, { person: "Ben", from: 80, to: 95 }]))),
  )

  it.effect("a weight in no range or in two is asked about", () =>
    Effect.gen(function* () {
      yield* syncBoth()
      yield* syncBoth({ at: noon + 60, group: GroupId("2"), value: 60 })
      const choices = (yield* (yield* Weighings).all).map(({ choice }) => choice)
      assert.deepStrictEqual(choices, [null, null])
    }).pipe(Effect.provide(storeOfTwo(store, [annAround70, { person: "Ben", from: 72, to: 95 }]))),
  )
})
