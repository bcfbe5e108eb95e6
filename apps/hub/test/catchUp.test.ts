import { SqlClient } from "@effect/sql"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { catchUpAll } from "@withings-bridge/core/hub"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Layer, type Redacted } from "effect"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { unlimited } from "../../../packages/core/test/unhurried.ts"
import { eventually } from "./eventually.ts"
import { follow, hasWebhooks, joinBy, startRunners } from "./hubParts.ts"

const onStore = <A, E>(store: Redacted.Redacted, effect: Effect.Effect<A, E, SqlClient.SqlClient>) =>
  Effect.runPromise(Effect.provide(effect, Layer.fresh(PgClient.layer({ url: store }))))

const run = (text: string) => Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(text))

interface Place {
  readonly person_id: string
  readonly client_id: string
  readonly feed: string
  readonly wait: number
}

/** Who is asked for what, in the order in which they have their turn. */
const places = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql<Place>`
    SELECT person_id, client_id, feed, not_before - asked_at / 1000 AS wait
    FROM sync_request JOIN person ON person.id = person_id ORDER BY client_id, not_before`,
)

await withPostgres((postgres) => {
  const hubOfTwo = async () => {
    const store = await Effect.runPromise(postgres.newDatabase)
    const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
    return { store, simulator, runners: await startRunners(store, simulator, unlimited) }
  }

  it("what happened while no runner was alive comes without Withings' repeats", async () => {
    const { runners, simulator, store } = await hubOfTwo()
    const [one, other] = runners
    const [ann = "", bob = ""] = simulator.persons.map(({ name }) => name)
    const hub = { create: one.url, join: other.url }
    const joined = [await joinBy(hub, ann), await joinBy(hub, bob)]
    const homes = joined.map(({ key }) => follow(other.url, key))
    for (const home of homes) await home.start()
    for (const person of [ann, bob])
      await eventually(`webhooks of ${person}`, () => hasWebhooks(simulator, person))
    const shows = (home: (typeof homes)[number] | undefined, kilograms: number) =>
      home?.told.some(({ household }) =>
        household.descriptors.some(({ features }) =>
          features.some(({ key, reading }) => key === "weight" && reading?.value === kilograms),
        ),
      ) || undefined
    await simulator.weigh(ann, 70.5)
    await eventually("a weigh-in", () => shows(homes[0], 70.5))

    for (const runner of runners) await runner.stop()
    await simulator.faults.loseWebhook(1000)
    await simulator.weigh(ann, 71.5)
    await simulator.weigh(bob, 82.5)
    await onStore(store, run("UPDATE hub_heartbeat SET beat_at = beat_at - 3600"))
    for (const runner of runners) await runner.start()
    await eventually("the weigh-in of Ann", () => shows(homes[0], 71.5))
    await eventually("the weigh-in of Bob", () => shows(homes[1], 82.5))
    await eventually("all is read", async () => (await onStore(store, places)).length === 0 || undefined)
    const { measured } =
      homes[0]?.told.find(({ measured: all }) => all.length > 0) ?? assert.fail("nothing told")
    assert.include(measured[0]?.kinds ?? [], "weight")
    for (const home of homes) await home.stop()
    for (const runner of runners) await runner.stop()
    await simulator.close()
  }, 300_000)

  it("everyone's measures are read before anyone's nights, one person after the other in each application", async () => {
    const { runners, simulator, store } = await hubOfTwo()
    for (const runner of runners) await runner.stop()
    await simulator.close()
    const person = (n: number, state = "signed-in") =>
      `('p${n}', 'h', 'user${n}', 'app${n % 2}', 'P', '${state}', 0)`
    const persons = [1, 2, 3, 4, 5].map((n) => person(n))
    const rows = [...persons, person(6, "needs-sign-in")].join(", ")
    const takes = await onStore(
      store,
      Effect.gen(function* () {
        yield* run("INSERT INTO household (id, revision, created_at) VALUES ('h', 0, 0)")
        yield* run(
          `INSERT INTO person (id, household_id, withings_user_id, client_id, name, state, state_since) VALUES ${rows}`,
        )
        return yield* catchUpAll
      }),
    )
    assert.strictEqual(takes, 3 * 4)
    const found = await onStore(store, places)
    for (const [client, size] of [
      ["app0", 2],
      ["app1", 3],
    ] as const) {
      const own = found.filter(({ client_id }) => client_id === client)
      const waits = own.map(({ wait }) => Number(wait))
      assert.deepStrictEqual(
        waits,
        Array.from({ length: size * 4 }, (_, place) => place),
      )
      assert.deepStrictEqual(
        own.map(({ feed }) => feed),
        ["getmeas", "night", "day", "workout"].flatMap((feed) => Array.from({ length: size }, () => feed)),
      )
    }
  })
})
