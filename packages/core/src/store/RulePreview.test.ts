import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { configFor } from "../../test/withingsLayer.ts"
import { BridgeConfig } from "../BridgeConfig.ts"
import { DeviceId } from "../measure/Device.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { readRules } from "../rule/readRules.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { LeftOut } from "./LeftOut.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { RulePreview } from "./RulePreview.ts"

const now = 1_795_258_800
const day = 86_400

const { rules } = readRules([
  { name: "Heavy", when: "above", measure: "weight", value: 75 },
  { name: "Of Ben", when: "above", measure: "weight", value: 75, person: "Ben" },
  { name: "Battery", when: "battery-low" },
])

const annAndBen = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
    VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0), ('ben', '2', 'c', 'Ben', 'signed-in', 0)`,
)

const weight = (daysAgo: number, value: number, more: Partial<Measure> = {}): Measure => ({
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId(`${daysAgo} ${value}`),
  kind: "weight",
  position: null,
  at: now - daysAgo * day,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: 1000,
  ...more,
})

const keep = (...measures: ReadonlyArray<Measure>) =>
  Effect.flatMap(MeasureStore, (store) =>
    store.keep({
      personId: measures[0]?.personId ?? PersonId("ann"),
      source: "getmeas",
      measures,
      firstHistory: false,
    }),
  )

const previewOf = (name: string) =>
  Effect.gen(function* () {
    const { preview } = yield* RulePreview
    const rule = rules.find((one) => one.name === name)
    if (rule === undefined) return yield* Effect.dieMessage("the rule of the test is wrong")
    return (yield* preview(rule)).map(({ person, spans }) => [person.name, spans]).toSorted()
  }).pipe(atTime(now))

/** Of a rule that no setting has. */
const holdsNow = (written: object) =>
  Effect.gen(function* () {
    const { preview } = yield* RulePreview
    const [rule] = readRules([{ name: "New", ...written }]).rules
    if (rule === undefined) return yield* Effect.dieMessage("the rule of the test is wrong")
    return (yield* preview(rule)).map(({ holds, person }) => [person.name, holds]).toSorted()
  }).pipe(atTime(now))

await onEveryStore((store) => {
  const layer = RulePreview.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(HouseholdStore.layer, LeftOut.layer, MeasureStore.layer)),
    Layer.provideMerge(BridgeConfig.layer({ ...configFor("http://127.0.0.1:9"), rules })),
    Layer.provideMerge(Layer.tap(store.layer, (context) => Effect.provide(annAndBen, context))),
  )

  it.effect("a preview is made of each person's own measures, also of one before the 90 days", () =>
    Effect.gen(function* () {
      yield* keep(weight(100, 80), weight(80, 70), weight(10, 76), weight(5, 75))
      yield* keep(weight(3, 90, { personId: PersonId("ben") }))
      const day90 = now - 90 * day
      assert.deepStrictEqual(yield* previewOf("Heavy"), [
        [
          "Ann",
          [
            { from: day90, to: now - 80 * day },
            { from: now - 10 * day, to: now - 5 * day },
          ],
        ],
        ["Ben", [{ from: now - 3 * day, to: null }]],
      ])
      assert.deepStrictEqual(yield* previewOf("Of Ben"), [["Ben", [{ from: now - 3 * day, to: null }]]])
    }).pipe(Effect.provide(layer)),
  )

  it.effect(
    "it knows of no measure that is deleted, ambiguous, of a part of the body or of something else",
    () =>
      Effect.gen(function* () {
        yield* keep(weight(20, 70))
        yield* keep(weight(10, 80, { attribution: "ambiguous" }))
        yield* keep(weight(9, 80, { position: 12 }), weight(8, 80, { kind: "fat-mass" }))
        yield* keep(weight(7, 80))
        yield* (yield* SqlClient.SqlClient)`UPDATE measure SET deleted = 1 WHERE grp = ${weight(7, 80).group}`
        assert.deepStrictEqual(yield* previewOf("Heavy"), [
          ["Ann", []],
          ["Ben", []],
        ])
        assert.deepStrictEqual(yield* previewOf("Battery"), [
          ["Ann", null],
          ["Ben", null],
        ])
      }).pipe(Effect.provide(layer)),
  )

  it.effect("it says whether a rule holds now, also one that is still being written", () =>
    Effect.gen(function* () {
      yield* keep(weight(10, 76), weight(5, 75.4))
      yield* keep(weight(3, 90, { personId: PersonId("ben") }))
      assert.deepStrictEqual(yield* holdsNow({ when: "above", measure: "weight", value: 75.4 }), [
        ["Ann", false],
        ["Ben", true],
      ])
      // Its hysteresis and its minimum duration are those of the days before.
      assert.deepStrictEqual(
        yield* holdsNow({ when: "above", measure: "weight", value: 75.5, hysteresis: 0.5, minutes: 600 }),
        [
          ["Ann", true],
          ["Ben", true],
        ],
      )
      assert.deepStrictEqual(yield* holdsNow({ when: "above", measure: "spo2", value: 90 }), [
        ["Ann", null],
        ["Ben", null],
      ])
      // Of sign-ins no past is kept.
      assert.deepStrictEqual(yield* holdsNow({ when: "sign-in-needed", person: "Ann" }), [["Ann", false]])
      yield* (yield* SqlClient.SqlClient)`UPDATE person SET state = 'needs-sign-in' WHERE id = 'ann'`
      assert.deepStrictEqual(yield* holdsNow({ when: "sign-in-needed", person: "Ann" }), [["Ann", true]])
    }).pipe(Effect.provide(layer)),
  )
})
