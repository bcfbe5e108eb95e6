import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer, Stream } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as SqliteClient from "./SqliteClient.ts"

const newFile = () => join(mkdtempSync(join(tmpdir(), "withings-sqlite-")), "bridge.db")

const withTable = <A, E>(path: string, use: (sql: SqlClient.SqlClient) => Effect.Effect<A, E, never>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`CREATE TABLE t (n INTEGER)`
    return yield* use(sql)
  }).pipe(Effect.provide(Layer.fresh(SqliteClient.layer(path))))

const numbers = (sql: SqlClient.SqlClient, upTo: number) => sql<{ n: number }>`
  WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${upTo}) SELECT n FROM numbers`

it.live("a write waits for another process without stopping the event loop", () => {
  const path = newFile()
  return withTable(path, (sql) =>
    Effect.gen(function* () {
      const other = new DatabaseSync(path)
      other.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)")
      // Runs only while the event loop turns: a write that blocked it would wait for itself, and fail.
      setTimeout(() => other.exec("COMMIT"), 300)
      yield* sql.withTransaction(sql`INSERT INTO t VALUES (2)`)
      other.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (3)")
      setTimeout(() => other.exec("COMMIT"), 300)
      yield* sql`INSERT INTO t VALUES (4)`
      assert.deepStrictEqual(
        (yield* sql<{ n: number }>`SELECT n FROM t ORDER BY n`).map(({ n }) => n),
        [1, 2, 3, 4],
      )
      other.close()
    }),
  )
})

it.live("waiting can be interrupted: for another process, and for the connection", () => {
  const path = newFile()
  return withTable(path, (sql) =>
    Effect.gen(function* () {
      const other = new DatabaseSync(path)
      other.exec("BEGIN IMMEDIATE")
      const write = sql.withTransaction(sql`INSERT INTO t VALUES (1)`)
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.timeout(write, "100 millis"))))
      other.exec("COMMIT")
      yield* write
      const inside = yield* Deferred.make<void>()
      const holder = yield* Effect.fork(
        sql.withTransaction(Effect.zipRight(Deferred.succeed(inside, undefined), Effect.never)),
      )
      yield* Deferred.await(inside)
      for (const waiting of [Effect.asVoid(write), Effect.asVoid(sql`SELECT n FROM t`)])
        assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.timeout(waiting, "100 millis"))))
      yield* Fiber.interrupt(holder)
      yield* write
      assert.lengthOf(yield* sql`SELECT n FROM t`, 2)
      other.close()
    }),
  )
})

it.live("a slow reader of a stream blocks nobody, and sees a snapshot", () =>
  withTable(newFile(), (sql) =>
    Effect.gen(function* () {
      yield* sql`INSERT INTO t ${sql.insert(Array.from({ length: 1500 }, (_, n) => ({ n })))}`
      const seen = yield* sql<{ n: number }>`SELECT n FROM t`.stream.pipe(
        Stream.tap(({ n }) => (n === 0 ? Effect.asVoid(sql`DELETE FROM t`) : Effect.void)),
        Stream.runCount,
      )
      assert.strictEqual(seen, 1500)
      assert.lengthOf(yield* sql`SELECT n FROM t`, 0)
    }),
  ),
)

it.live("the event loop turns while many rows are read", () =>
  withTable(newFile(), (sql) =>
    Effect.gen(function* () {
      let turns = 0
      const timer = setInterval(() => turns++, 0)
      const before = turns
      assert.lengthOf(yield* numbers(sql, 60_000), 60_000)
      const afterRead = turns
      assert.isAbove(afterRead - before, 10)
      assert.strictEqual(yield* Stream.runCount(numbers(sql, 60_000).stream), 60_000)
      clearInterval(timer)
      assert.isAbove(turns - afterRead, 10)
    }),
  ),
)

it.live("a transaction that cannot be committed leaves nothing open", () =>
  withTable(newFile(), (sql) =>
    Effect.gen(function* () {
      yield* sql`CREATE TABLE child (n INTEGER REFERENCES t(n) DEFERRABLE INITIALLY DEFERRED)`
      yield* sql`CREATE UNIQUE INDEX one ON t (n)`
      const exit = yield* Effect.exit(sql.withTransaction(sql`INSERT INTO child VALUES (9)`))
      assert.isTrue(Exit.isFailure(exit))
      yield* sql.withTransaction(sql`INSERT INTO t VALUES (1)`)
      assert.lengthOf(yield* sql`SELECT n FROM child`, 0)
    }),
  ),
)

it.live("a full disk is what a nested transaction fails with, although SQLite has undone all of it", () =>
  withTable(newFile(), (sql) =>
    Effect.gen(function* () {
      yield* sql`PRAGMA max_page_count = 1`
      const fill = sql`INSERT INTO t ${sql.insert(Array.from({ length: 5000 }, (_, n) => ({ n })))}`
      const error = yield* Effect.flip(sql.withTransaction(sql.withTransaction(fill)))
      assert.match(error.message, /is full/u)
      yield* sql`PRAGMA max_page_count = 1000000`
      yield* sql.withTransaction(sql.withTransaction(fill))
      assert.lengthOf(yield* sql`SELECT n FROM t`, 5000)
    }),
  ),
)

it.live("a statement that failed once works the next time", () =>
  withTable(newFile(), (sql) =>
    Effect.gen(function* () {
      yield* sql`CREATE UNIQUE INDEX one ON t (n)`
      const insert = (n: number) => sql`INSERT INTO t VALUES (${n}) RETURNING n`
      yield* insert(1)
      assert.match((yield* Effect.flip(insert(1))).message, /UNIQUE/u)
      assert.deepStrictEqual(yield* insert(2), [{ n: 2 }])
    }),
  ),
)
