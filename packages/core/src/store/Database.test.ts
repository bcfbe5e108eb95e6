import { SqlClient } from "@effect/sql"
import { expect, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer } from "effect"
import { DatabaseSync } from "node:sqlite"
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Database from "./Database.ts"

const folder = () => mkdtempSync(join(tmpdir(), "withings-bridge-"))

it.live("several connections that open a new store at once find one migrated store", () =>
  Effect.gen(function* () {
    const path = join(folder(), "home", "bridge.db")
    const count = Effect.flatMap(
      SqlClient.SqlClient,
      (sql) => sql<{ n: number }>`SELECT COUNT(*) AS n FROM household`,
    )
    const counts = yield* Effect.all(
      Array.from({ length: 4 }, () => Effect.provide(count, Layer.fresh(Database.layerSqlite(path)))),
      { concurrency: "unbounded" },
    )
    expect(counts.map((rows) => rows[0]?.n)).toEqual([1, 1, 1, 1])
  }),
)

for (const [whom, folderMode, fileMode] of [
  ["nobody but its owner", 0o700, 0o600],
  ["the group that may write to its folder", 0o770, 0o660],
] as const)
  it.live.skipIf(process.platform === "win32")(`the store's files are for ${whom}`, () =>
    Effect.gen(function* () {
      const home = join(folder(), "home")
      mkdirSync(home)
      chmodSync(home, folderMode)
      const modes = Effect.zipRight(
        SqlClient.SqlClient,
        Effect.sync(() => readdirSync(home).map((name) => statSync(join(home, name)).mode & 0o777)),
      )
      const made = yield* Effect.provide(modes, Layer.fresh(Database.layerSqlite(join(home, "bridge.db"))))
      expect(made.length).toBeGreaterThan(1)
      expect(new Set(made)).toEqual(new Set([fileMode]))
      // As a version before this one left it.
      const older = join(home, "older.db")
      writeFileSync(older, "")
      chmodSync(older, 0o644)
      yield* Effect.provide(SqlClient.SqlClient, Layer.fresh(Database.layerSqlite(older)))
      expect(statSync(older).mode & 0o777).toBe(fileMode)
    }),
  )

it.live("a store that a newer version wrote is refused", () =>
  Effect.gen(function* () {
    const path = join(folder(), "bridge.db")
    yield* Effect.flatMap(
      SqlClient.SqlClient,
      (sql) => sql`INSERT INTO effect_sql_migrations (migration_id, name) VALUES (999, 'of_tomorrow')`,
    ).pipe(Effect.provide(Layer.fresh(Database.layerSqlite(path))))
    const opened = Effect.provide(SqlClient.SqlClient, Layer.fresh(Database.layerSqlite(path)))
    expect((yield* Effect.flip(opened)).message).toContain("a newer version of this program wrote it")
  }),
)

it.effect("a statement of another fiber waits for an open transaction", () =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const inside = yield* Deferred.make<void>()
    const finish = yield* Deferred.make<void>()
    const writer = yield* Effect.fork(
      sql.withTransaction(
        sql`UPDATE household SET revision = 7`.pipe(
          Effect.zipRight(Deferred.succeed(inside, undefined)),
          Effect.zipRight(Deferred.await(finish)),
          Effect.zipRight(Effect.fail("undone")),
        ),
      ),
    )
    yield* Deferred.await(inside)
    const reader = yield* Effect.fork(sql<{ revision: number }>`SELECT revision FROM household`)
    yield* Deferred.succeed(finish, undefined)
    expect(Exit.isFailure(yield* Fiber.await(writer))).toBe(true)
    expect((yield* Fiber.join(reader))[0]?.revision).toBe(0)
  }).pipe(Effect.provide(Database.layerMemory)),
)

it.live("a store opens though another process is frozen for longer than a lease while it writes", () =>
  Effect.gen(function* () {
    const path = join(folder(), "bridge.db")
    const open = Effect.flatMap(
      SqlClient.SqlClient,
      (sql) => sql<{ n: number }>`SELECT COUNT(*) AS n FROM household`,
    ).pipe(Effect.provide(Layer.fresh(Database.layerSqlite(path))))
    yield* open
    const other = new DatabaseSync(path)
    other.exec("BEGIN IMMEDIATE")
    const frozen = yield* Effect.fork(
      Effect.delay(
        Effect.sync(() => other.exec("COMMIT")),
        "22 seconds",
      ),
    )
    expect((yield* open)[0]?.n).toBe(1)
    yield* Fiber.join(frozen)
    other.close()
  }),
)
