import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, FastCheck as fc, Layer } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { byDay } from "./aggregate.ts"
import { deleteMeasures } from "./erasePerson.ts"
import { textOfDays } from "./featureMonths.ts"
import { History } from "./History.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { keepMonths } from "./MonthKeeper.ts"
import { Weighings } from "./Weighings.ts"

const day = 86_400
const begins = Date.UTC(2024, 0, 15) / 1000
const daysOfAll = 70
const now = begins + (daysOfAll + 10) * day
const zones = ["Europe/Paris", "Pacific/Auckland", "America/St_Johns", "UTC", "Nowhere/Unknown"]
const features = ["weight", "muscle-mass", "muscle-mass@12"]

const places = [
  { kind: "weight", position: null },
  { kind: "muscle-mass", position: null },
  { kind: "muscle-mass", position: 7 },
  { kind: "muscle-mass", position: 12 },
] as const

/** Few records and few moments, so that they meet: records move, are edited, and say two things of one moment. */
const measure = fc.record({
  group: fc.integer({ min: 0, max: 4 }).map(String),
  place: fc.constantFrom(...places),
  at: fc.integer({ min: 0, max: daysOfAll * 4 }).map((quarters) => begins + (quarters * day) / 4),
  value: fc.integer({ min: 40, max: 120 }),
  modified: fc.integer({ min: 0, max: 20 }),
  attribution: fc.constantFrom("device", "device", "ambiguous"),
})

const keep = (minLength: number) => fc.record({ keep: fc.array(measure, { minLength, maxLength: 3 }) })

const change = fc.oneof(
  { arbitrary: keep(0), weight: 5 },
  fc.record({ listed: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }) }),
  fc.record({ forgetAfterDays: fc.integer({ min: 0, max: daysOfAll }) }),
  fc.record({ chosen: fc.integer({ min: 0, max: 20 }), isHers: fc.boolean() }),
  fc.record({ timezone: fc.constantFrom(...zones) }),
  fc.constant({ everything: "goes" as const }),
)

type Change = typeof change extends fc.Arbitrary<infer A> ? A : never

const toMeasure = ({ place, ...one }: typeof measure extends fc.Arbitrary<infer A> ? A : never): Measure => ({
  ...one,
  group: GroupId(one.group),
  ...place,
  attribution: one.attribution === "ambiguous" ? "ambiguous" : "device",
  personId: PersonId("ann"),
  source: "getmeas",
  deviceId: DeviceId("scale"),
})

const make = (made: Change) =>
  Effect.gen(function* () {
    const store = yield* MeasureStore
    const page = { personId: PersonId("ann"), source: "getmeas", firstHistory: false } as const
    if ("keep" in made) yield* store.keep({ ...page, measures: made.keep.map(toMeasure) })
    else if ("listed" in made) {
      const groups = new Set(made.listed.map((id) => GroupId(String(id))))
      yield* store.keep({ ...page, measures: [], whole: { from: 0, to: now, groups, expected: true } })
    } else if ("forgetAfterDays" in made)
      yield* store.forget({
        personId: PersonId("ann"),
        source: "getmeas",
        before: begins + made.forgetAfterDays * day,
      })
    else if ("chosen" in made) {
      const weighings = yield* Weighings
      const weighing = (yield* weighings.all)[made.chosen]
      if (weighing !== undefined) yield* weighings.assign(weighing.id, made.isHers ? PersonId("ann") : null)
    } else if ("timezone" in made)
      yield* (yield* SqlClient.SqlClient)`UPDATE person SET timezone = ${made.timezone} WHERE id = 'ann'`
    else yield* deleteMeasures(PersonId("ann"))
  })

/** What is kept of each month is what its measures say; and so is what charts are given. */
const monthsAreRight = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const history = yield* History
  const [ann] = yield* sql<{ timezone: string | null }>`SELECT timezone FROM person WHERE id = 'ann'`
  const timezone = ann?.timezone ?? "UTC"
  const rows = yield* sql<{ feature: string; begins: number; ends: number; timezone: string; days: string }>`
    SELECT feature, begins, ends, timezone, days FROM feature_month`
  for (const row of rows) {
    const stretch = { feature: row.feature, from: Number(row.begins), to: Number(row.ends) - 1 }
    const points = yield* history.range({ personId: PersonId("ann"), ...stretch })
    assert.strictEqual(row.days, textOfDays([...byDay(points, row.timezone)]))
  }
  for (const feature of features) {
    const stretch = { personId: PersonId("ann"), feature, from: begins - 40 * day, to: now }
    const points = yield* history.range(stretch)
    assert.deepStrictEqual(yield* history.by("day", stretch), [...byDay(points, timezone)])
    const reduced = (yield* history.reduced({ ...stretch, points: 8 })).map(({ value }) => value)
    const values = points.map(({ value }) => value)
    assert.deepStrictEqual(
      [Math.min(...reduced), Math.max(...reduced)],
      [Math.min(...values), Math.max(...values)],
    )
  }
  return rows.length
})

await onEveryStore((kind) => {
  const layer = Layer.provideMerge(Layer.mergeAll(History.layer, Weighings.layer), storeOfAnn(kind))
  const runs = { numRuns: kind.kind === "SQLite" ? 8 : 3, endOnFailure: true }

  it.effect(
    "keeps of each day what its measures say, whatever is written, edited, claimed, forgotten or deleted",
    () =>
      Effect.gen(function* () {
        const runtime = yield* Effect.runtime<Layer.Layer.Success<typeof layer>>()
        const sql = yield* SqlClient.SqlClient
        let kept = 0
        const live = (changes: ReadonlyArray<Change>) =>
          Effect.gen(function* () {
            yield* deleteMeasures(PersonId("ann"))
            yield* sql`DELETE FROM latest`
            for (const one of changes) {
              yield* make(one)
              kept += yield* monthsAreRight
              yield* keepMonths(0)
              kept += yield* monthsAreRight
            }
          }).pipe(atTime(now), Effect.provide(runtime), Effect.runPromise)
        const changes = fc
          .tuple(keep(3), fc.array(change, { minLength: 3, maxLength: 11 }))
          .map(([first, others]) => [first, ...others])
        yield* Effect.promise(() => fc.assert(fc.asyncProperty(changes, live), runs))
        assert.isAbove(kept, 0)
      }).pipe(Effect.provide(layer)),
  )
})
