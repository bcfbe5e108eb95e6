/**
 * What insights add to a change of the household: describing it with and without them, in a store of ten years of three
 * persons. After a change only its kind is read again, and once a minute every kind.
 */
import { SqlClient } from "@effect/sql"
import { Revision } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { configFor } from "../packages/core/test/withingsLayer.ts"
import { BridgeConfig } from "../packages/core/src/BridgeConfig.ts"
import { describe, type Known } from "../packages/core/src/device/describe.ts"
import { HouseholdRules } from "../packages/core/src/HouseholdRules.ts"
import { insightKinds } from "../packages/core/src/insight/insightKinds.ts"
import { HeldStates } from "../packages/core/src/store/HeldStates.ts"
import { HouseholdStore } from "../packages/core/src/store/HouseholdStore.ts"
import { insightPast } from "../packages/core/src/store/insightPast.ts"
import { knownNow } from "../packages/core/src/store/knownNow.ts"
import { layerStore } from "../packages/core/src/store/Database.ts"
import { LeftOut } from "../packages/core/src/store/LeftOut.ts"
import { MeasureStore } from "../packages/core/src/store/MeasureStore.ts"

const household = "home"
const persons = ["ann", "bea", "cleo"]
const others = 20
const days = 3650
const now = Math.floor(Date.now() / 1000)
const samples = Number(process.env["BENCH_SAMPLES"] ?? 200)

/** One value a day of everything that insights look at, and of other kinds. */
const fill = (file: string): number => {
  const database = new DatabaseSync(file)
  const kinds = [...insightKinds, ...Array.from({ length: others }, (_, nth) => `kind-${nth}`)]
  const insert = database.prepare(
    "INSERT INTO measure VALUES (?, 'getmeas', ?, ?, -1, ?, ?, 'device', 'device', ?, 0, 1, 0)",
  )
  database.exec("BEGIN")
  for (const id of persons) {
    database.exec(`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since, timezone)
      VALUES ('${id}', '${id}', 'c', '${id}', 'signed-in', 0, 'Europe/Paris')`)
    for (let nth = 0; nth < days; nth++) {
      const at = now - nth * 86_400
      for (const kind of kinds) insert.run(id, String(nth), kind, at, 70 + Math.sin(nth / 20), at)
    }
  }
  database.exec(`INSERT INTO latest SELECT person_id, kind, position, device_id, source, grp, MAX(at), value, attribution,
    modified, 0 FROM measure GROUP BY person_id, kind, position, device_id`)
  database.exec("COMMIT")
  database.close()
  return persons.length * days * kinds.length
}

/** Milliseconds, the median of many. */
const medianOf = <E, R>(work: (nth: number) => Effect.Effect<unknown, E, R>) =>
  Effect.map(
    Effect.forEach(Array.from({ length: samples }), (_, nth) =>
      Effect.suspend(() => {
        const begun = performance.now()
        return Effect.map(work(nth), () => performance.now() - begun)
      }),
    ),
    (took) => took.toSorted((one, other) => one - other)[Math.floor(samples / 2)] ?? 0,
  )

const measure = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { latest } = yield* MeasureStore
  const known = (yield* yield* knownNow).known
  const { past: _, ...without }: Known = known
  const everything = Effect.gen(function* () {
    yield* insightPast({ sql, household })(known.latest, now, Revision(1))
  })
  const afterWeighing = insightPast({ sql, household })
  yield* afterWeighing(known.latest, now, Revision(1))
  /** As if Ann had been weighed once more each time. */
  const weighed = (nth: number) =>
    known.latest.map((one) => (one.kind === "weight" ? { ...one, modified: one.modified + nth + 1 } : one))

  const bare = yield* medianOf(() => Effect.map(latest, (latest) => describe({ ...without, latest })))
  const changed = yield* medianOf((nth) =>
    Effect.flatMap(latest, (latest) =>
      Effect.map(afterWeighing(weighed(nth), now, Revision(1)), (past) =>
        describe({ ...known, latest, past }),
      ),
    ),
  )
  const all = yield* medianOf(() => everything)
  return { bare, changed, all }
})

const config = configFor("http://127.0.0.1:1")
const store = Layer.mergeAll(
  MeasureStore.layer,
  HouseholdStore.layer,
  LeftOut.layer,
  HeldStates.layer,
  HouseholdRules.layer,
).pipe(Layer.provideMerge(layerStore(config)), Layer.provideMerge(BridgeConfig.layer(config)))
// Once to make the store.
await Effect.runPromise(Effect.provide(Effect.void, Layer.fresh(store)))
const rows = fill(join(config.home, "bridge.db"))
const { all, bare, changed } = await Effect.runPromise(Effect.provide(measure, Layer.fresh(store)))
const ms = (value: number) => `${value.toFixed(2)} ms`.padStart(9)
console.log(`${rows} measures of three persons, medians of ${samples}`)
console.log(`the household described without insights        ${ms(bare)}`)
console.log(
  `  with insights, after a weighing               ${ms(changed)}: ${(changed / bare).toFixed(2)} times`,
)
console.log(
  `  and at most once a minute, reading all again  ${ms(all)} more: ${(all / bare).toFixed(2)} times`,
)
