import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Deferred, type Duration, Effect, Fiber, Layer, SubscriptionRef, TestClock } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { Revision } from "../device/Household.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { History } from "./History.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { keepMonths, keepMonthsWhenDue } from "./MonthKeeper.ts"

const day = 86_400
const begins = Date.UTC(2020, 0, 1) / 1000
const now = begins + 1000 * day

const heartRate = (index: number): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId(String(index)),
  kind: "heart-rate",
  position: null,
  at: begins + index * (day / 4),
  value: index === 1234 ? 190 : 60 + ((index * 7919) % 61),
  deviceId: null,
  attribution: "device",
  modified: 1,
})

/** Two and a half years, four values a day. */
const keepYears = Effect.flatMap(MeasureStore, (store) => {
  const measures = Array.from({ length: 3600 }, (_, index) => heartRate(index))
  return store.keep({ personId: PersonId("ann"), source: "getmeas", measures, firstHistory: true })
})

const years = { personId: PersonId("ann"), feature: "heart-rate", from: 0, to: now }

await onEveryStore((kind) => {
  const layer = Layer.provideMerge(History.layer, storeOfAnn(kind))

  it.effect("a chart of years has the same lows and highs, read from months", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const history = yield* History
      yield* keepYears
      const before = yield* history.by("month", years)
      yield* keepMonths(3599)
      const months = yield* sql`SELECT 1 FROM feature_month WHERE feature = 'heart-rate'`
      assert.lengthOf(months, 32)
      const after = yield* history.by("month", years)
      assert.deepStrictEqual(
        after.map(({ mean, ...rest }) => ({ ...rest, mean: mean.toFixed(6) })),
        before.map(({ mean, ...rest }) => ({ ...rest, mean: mean.toFixed(6) })),
      )
      const reduced = yield* history.reduced({ ...years, points: 1000 })
      assert.isAtMost(reduced.length, 1000)
      assert.isAtLeast(reduced.length, 700)
      const times = reduced.map(({ at }) => at)
      assert.deepStrictEqual(
        times,
        times.toSorted((one, other) => one - other),
      )
      const peak = reduced.find(({ value }) => value === 190)
      assert.isTrue(peak !== undefined && Math.abs(peak.at - heartRate(1234).at) < 2 * day)
    }).pipe(atTime(now), Effect.provide(layer)),
  )

  it.effect("keeps no months of a past with few values", () =>
    Effect.gen(function* () {
      yield* keepYears
      yield* keepMonths(3600)
      assert.deepStrictEqual(yield* (yield* SqlClient.SqlClient)`SELECT * FROM feature_month`, [])
    }).pipe(atTime(now), Effect.provide(layer)),
  )

  it.live("a month is not written while another transaction changes its measures", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* keepYears
      const [changed, mayEnd] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const change = sql`UPDATE measure SET value = 250 WHERE grp = '40'`.pipe(
        Effect.zipRight(Deferred.succeed(changed, undefined)),
        Effect.zipRight(Deferred.await(mayEnd)),
        sql.withTransaction,
      )
      const changing = yield* Effect.fork(change)
      yield* Deferred.await(changed)
      const keeping = yield* Effect.fork(keepMonths(0))
      // Time for the keeper to come to the lock; without one it would write the old values now.
      yield* Effect.sleep("300 millis")
      yield* Deferred.succeed(mayEnd, undefined)
      yield* Effect.all([Fiber.join(changing), Fiber.join(keeping)])
      const [january] = yield* (yield* History).by("month", years)
      assert.strictEqual(january?.max, 250)
      assert.lengthOf(yield* sql`SELECT 1 FROM feature_month`, 32)
    }).pipe(atTime(now), Effect.provide(layer)),
  )
})

it.effect("looks after a change and once a day, and not otherwise", () =>
  Effect.gen(function* () {
    const revision = yield* SubscriptionRef.make(Revision(0))
    let looks = 0
    const look = Effect.suspend(() => (++looks === 1 ? Effect.fail(new Error("busy")) : Effect.void))
    yield* Effect.fork(keepMonthsWhenDue(revision, look))
    const looksAfter = (time: Duration.DurationInput) => Effect.map(TestClock.adjust(time), () => looks)
    // The first look failed, and is tried again.
    assert.strictEqual(yield* looksAfter("2 minutes"), 2)
    assert.strictEqual(yield* looksAfter("5 hours"), 2)
    yield* SubscriptionRef.set(revision, Revision(1))
    assert.strictEqual(yield* looksAfter("1 minute"), 3)
    assert.strictEqual(yield* looksAfter("5 hours"), 3)
    assert.strictEqual(yield* looksAfter("1 day"), 4)
  }),
)
