import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Logger, Redacted, Schedule } from "effect"
import { type BridgeConfig, SyncStatus, Troubles } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { withPostgres } from "./postgres.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const eventually = <A, E, R>(what: string, look: Effect.Effect<A, E, R>, holds: (found: A) => boolean) =>
  Effect.filterOrFail(look, holds, () => what).pipe(
    Effect.retry(Schedule.spaced(Duration.millis(50))),
    Effect.timeoutFail({ duration: "110 seconds", onTimeout: () => `never seen: ${what}` }),
  )

/** The store fails in the middle of a first history, until its failure is told; then it works again. */
const failing = (
  code: string,
  store: Partial<BridgeConfig>,
  way: {
    readonly fail: Effect.Effect<unknown, unknown, SqlClient.SqlClient>
    readonly mend: Effect.Effect<unknown, unknown, SqlClient.SqlClient>
  },
) => {
  const said: Array<string> = []
  const lines = Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ message }) => void said.push(String(message))),
  )
  return Effect.gen(function* () {
    const cloud = yield* Effect.acquireRelease(
      Effect.promise(() => startSimulator({ years: 3, requestsPerMinute: 1_000_000 })),
      (simulator) => Effect.promise(() => simulator.close()),
    )
    yield* Effect.gen(function* () {
      const troubles = yield* Troubles
      const { progress } = yield* SyncStatus
      const codes = Effect.map(troubles.current, (all) => all.map((one) => one.code as string))
      yield* signIn(cloud.persons[0]?.name ?? "")
      yield* way.fail
      yield* eventually(`the trouble ${code}`, codes, (all) => all.includes(code))
      yield* way.mend
      yield* eventually(
        "the whole history",
        progress,
        (all) => all.length === 4 && all.every(({ finishedAt }) => finishedAt !== null),
      )
      yield* eventually("the end of the trouble", codes, (all) => !all.includes(code))
    }).pipe(Effect.provide(unhurriedBridge(configFor(cloud.url, store))))
    const told = said.filter((line) => line.includes("Nothing can be kept"))
    assert.deepStrictEqual(
      told.map((line) => line.startsWith("Resolved")),
      [false, true],
      said.join("\n"),
    )
  }).pipe(Effect.scoped, Effect.provide(lines))
}

/** What SQLite answers when the disk is full, it answers to a file that may not grow as well. */
const atMostPages = (pages: number) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(`PRAGMA max_page_count = ${pages}`))

it.live("a full disk is reported once, and once when it is resolved; then everything arrives", () =>
  failing("store-unwritable", {}, { fail: atMostPages(1), mend: atMostPages(1_000_000_000) }),
)

await withPostgres((postgres) => {
  it.live("an unreachable server is reported once, and once when it is back; then everything arrives", () =>
    Effect.gen(function* () {
      const store = yield* postgres.newDatabase
      const name = new URL(Redacted.value(store)).pathname.slice(1)
      const allow = (allowed: boolean) =>
        postgres.administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`)
      const endAll = postgres.administer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      )
      yield* failing(
        "store-unreachable",
        { store },
        {
          fail: Effect.zipRight(allow(false), endAll),
          mend: allow(true),
        },
      )
    }),
  )
})
