/** Queries of homes and charts in a store with a million measures: the latest readings, and ten years in 500 points. */
import { Effect } from "effect"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Bridge, History, HouseholdFeed, PersonId } from "@withings-bridge/core"
import { configFor } from "../packages/core/test/withingsLayer.ts"

const kinds = 100
/** Most kinds have one value a day for ten years; `dense` of heart rate. */
const days = 3650
const dense = 100_000
const now = Math.floor(Date.now() / 1000)
const day = 86_400

const fill = (file: string): number => {
  const database = new DatabaseSync(file)
  database.exec("BEGIN")
  for (const id of ["ann", "bea", "cleo"]) {
    database.exec(`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
      VALUES ('${id}', '${id}', 'c', '${id}', 'signed-in', 0)`)
  }
  const insert = database.prepare(
    "INSERT INTO measure VALUES (?, 'getmeas', ?, ?, -1, ?, ?, ?, 'device', ?, 0, 1, 0)",
  )
  let rows = 0
  const add = (person: string, group: number, kind: string, at: number, value: number) => {
    insert.run(person, String(group), kind, at, value, `device-${rows % 2}`, at)
    rows++
  }
  for (const person of ["ann", "bea", "cleo"]) {
    for (let nth = 0; nth < days; nth++) {
      const at = now - nth * day
      for (let kind = 0; kind < kinds * 0.85; kind++)
        add(person, nth, kind === 0 ? "weight" : `kind-${kind}`, at, 70 + Math.sin(nth / 20 + kind))
    }
  }
  for (let nth = 0; nth < dense; nth++)
    add("ann", 1e6 + nth, "heart-rate", now - nth * 3155, 60 + Math.sin(nth) * 20)
  database.exec(`INSERT INTO latest SELECT person_id, kind, position, device_id, source, grp, MAX(at), value, attribution,
    modified, 0 FROM measure GROUP BY person_id, kind, position, device_id`)
  database.exec("COMMIT")
  database.close()
  return rows
}

/** Milliseconds: the median and the worst of many. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>, times = 50) =>
  Effect.gen(function* () {
    const took: Array<number> = []
    for (let nth = 0; nth < times; nth++) {
      const before = performance.now()
      yield* effect
      took.push(performance.now() - before)
    }
    took.sort((one, other) => one - other)
    return `median ${took[Math.floor(times / 2)]?.toFixed(2)} ms, 99th ${took[Math.floor(times * 0.99)]?.toFixed(2)} ms`
  })

const config = configFor("http://127.0.0.1:1")
const bridge = Bridge.layerFollower(config)
// Once to make the store.
await Effect.runPromise(Effect.provide(Effect.void, bridge))
const rows = fill(join(config.home, "bridge.db"))
console.log(`${rows} measures of three persons`)
await Effect.runPromise(
  Effect.gen(function* () {
    const history = yield* History
    const feed = yield* HouseholdFeed
    const tenYears = { personId: PersonId("ann"), from: now - 3653 * day, to: now, points: 500 }
    const all = yield* history.reduced({ ...tenYears, feature: "weight" })
    console.log(`latest readings of a person         ${yield* timed(history.latest(PersonId("ann")), 500)}`)
    console.log(
      `ten years of weight, ${all.length} points     ${yield* timed(history.reduced({ ...tenYears, feature: "weight" }))}`,
    )
    console.log(
      `${dense} heart rates, 500 points   ${yield* timed(history.reduced({ ...tenYears, feature: "heart-rate" }), 10)}`,
    )
    console.log(`the whole household, described      ${yield* timed(feed.current)}`)
  }).pipe(Effect.provide(bridge)),
)
