import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Schedule, Stream } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Worker } from "node:worker_threads"
import { dialectOf } from "./Dialect.ts"
import * as SqliteClient from "./SqliteClient.ts"
import { makeReader } from "./SqliteReader.ts"

/** A store of a hundred thousand rows, as its client and as the thread sees it. */
const withRows = <A, E>(
  use: (sql: SqlClient.SqlClient, reader: SqlClient.SqlClient, path: string) => Effect.Effect<A, E>,
) => {
  const path = join(mkdtempSync(join(tmpdir(), "withings-reader-")), "bridge.db")
  return Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`CREATE TABLE t (n INTEGER, text TEXT)`
    yield* sql`WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
      INSERT INTO t SELECT n, 'row ' || n FROM numbers`
    return yield* use(sql, dialectOf(sql).reader, path)
  }).pipe(Effect.provide(Layer.fresh(SqliteClient.layer(path))))
}

it.live("reads the same as the store's own connection, in full and as a stream", () =>
  withRows((sql, reader) =>
    Effect.gen(function* () {
      const read = (client: SqlClient.SqlClient) => client`SELECT * FROM t WHERE n % ${2} = 0 ORDER BY n`
      const expected = yield* read(sql)
      assert.lengthOf(expected, 50_000)
      assert.deepStrictEqual(yield* read(reader), expected)
      assert.deepStrictEqual([...(yield* Stream.runCollect(read(reader).stream))], [...expected])
      yield* sql`INSERT INTO t VALUES (0, 'written a moment ago')`
      assert.deepStrictEqual(yield* reader`SELECT text FROM t WHERE n = 0`, [
        { text: "written a moment ago" },
      ])
    }),
  ),
)

it.live("the event loop turns while one step takes long", () =>
  withRows((_, reader) =>
    Effect.gen(function* () {
      let turns = 0
      const timer = setInterval(() => turns++, 1)
      // Some hundred milliseconds in which SQLite answers nothing.
      const [row] = yield* reader<{ n: number }>`
        SELECT COUNT(*) AS n FROM t AS a, (SELECT n FROM t LIMIT 20) AS b WHERE a.n * b.n % 7 = 1`
      clearInterval(timer)
      assert.isAbove(Number(row?.n), 0)
      assert.isAbove(turns, 10)
    }),
  ),
)

it.live("reports a wrong statement, and continues to read", () =>
  withRows((_, reader) =>
    Effect.gen(function* () {
      assert.match((yield* Effect.flip(reader`SELECT absent FROM t`)).message, /no such column: absent/u)
      assert.match((yield* Effect.flip(reader`DELETE FROM t`)).message, /readonly/u)
      assert.deepStrictEqual(yield* reader`SELECT COUNT(*) AS n FROM t`, [{ n: 100_000 }])
    }),
  ),
)

it.live("many read at once, whether or not they read to the end", () =>
  withRows((sql, reader) =>
    Effect.gen(function* () {
      const first = (count: number) => Stream.runCount(Stream.take(reader`SELECT n FROM t`.stream, count))
      const counts = [1, 499, 500, 501, 20_000, 100_000]
      assert.deepStrictEqual(yield* Effect.forEach(counts, first, { concurrency: "unbounded" }), counts)
      // Whoever stopped reading holds no view of the file: all of the log can go into it.
      const emptied = sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.pipe(
        Effect.filterOrFail(([row]) => row?.busy === 0),
        Effect.retry(Schedule.spaced("50 millis")),
        Effect.timeout("60 seconds"),
      )
      yield* emptied
    }),
  ),
)

it.live("a thread that runs out of memory fails its queries alone", () =>
  withRows((sql, reader) =>
    Effect.gen(function* () {
      const huge = reader`SELECT n, printf('%.*c', 1000000, 'x') AS big FROM t`
      const error = yield* Effect.flip(Stream.runCount(huge.stream))
      assert.match(error.message, /memory/u)
      assert.deepStrictEqual(yield* reader`SELECT COUNT(*) AS n FROM t`, [{ n: 100_000 }])
      assert.deepStrictEqual(yield* sql`SELECT COUNT(*) AS n FROM t`, [{ n: 100_000 }])
    }),
  ),
)

it.live("the thread ends when idle, and starts again", () =>
  withRows((_, __, path) =>
    Effect.scoped(
      Effect.gen(function* () {
        const seen = { started: 0, ended: 0 }
        const look = (worker: Worker) => {
          seen.started++
          worker.once("exit", () => seen.ended++)
        }
        yield* Effect.acquireRelease(
          Effect.sync(() => process.on("worker", look)),
          () => Effect.sync(() => process.off("worker", look)),
        )
        const connection = yield* makeReader(path, () => [], 20)
        const read = connection.execute("SELECT COUNT(*) AS n FROM t", [], undefined)
        const until = (is: () => boolean) =>
          Effect.sync(is).pipe(
            Effect.filterOrFail((it) => it),
            Effect.retry(Schedule.spaced("20 millis")),
            Effect.timeout("60 seconds"),
          )
        assert.deepStrictEqual(seen, { started: 0, ended: 0 })
        assert.deepStrictEqual(yield* read, [{ n: 100_000 }])
        yield* until(() => seen.ended === 1)
        assert.deepStrictEqual(yield* read, [{ n: 100_000 }])
        assert.strictEqual(seen.started, 2)
        yield* until(() => seen.ended === 2)
      }),
    ),
  ),
)
