import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import {
  Chunk,
  Context,
  Deferred,
  Duration,
  Effect,
  Layer,
  Redacted,
  Schedule,
  Stream,
  SubscriptionRef,
} from "effect"
import { withPostgres } from "../../test/postgres.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import * as Database from "./Database.ts"

/** One process of those that share a server. */
const processOn = (url: Redacted.Redacted) =>
  Layer.build(Layer.fresh(Database.layerStore({ home: "", store: url })))

const count = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql<{ n: number }>`SELECT COUNT(*) AS n FROM household`,
)

const change = Effect.flatMap(ChangeFeed, (feed) =>
  feed.commit(() => Effect.succeed({ value: undefined, changed: true })),
)

await withPostgres((postgres) => {
  it.live("whole numbers are numbers, unless one would not be exact", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const row = yield* Effect.provide(
        Effect.flatMap(
          SqlClient.SqlClient,
          (sql) => sql`SELECT 7::bigint AS small, COUNT(*) AS count, 9007199254740993::bigint AS large`,
        ),
        Layer.fresh(Database.layerPostgres(url)),
      )
      assert.deepStrictEqual(row[0], { small: 7, count: 1, large: "9007199254740993" })
    }),
  )

  it.live("several processes that open a new store at once find one migrated store", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const counts = yield* Effect.all(
        Array.from({ length: 6 }, () => Effect.provide(count, Layer.fresh(Database.layerPostgres(url)))),
        { concurrency: "unbounded" },
      )
      assert.deepStrictEqual(
        counts.map((rows) => Number(rows[0]?.n)),
        [1, 1, 1, 1, 1, 1],
      )
    }),
  )

  it.live("what one commits reaches the others at once, without a gap", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const [one, other] = [yield* processOn(url), yield* processOn(url)]
      const listening = yield* Deferred.make<void>()
      const seen = yield* Context.get(other, ChangeFeed).revision.changes.pipe(
        Stream.tap(() => Deferred.succeed(listening, undefined)),
        Stream.takeUntil((revision) => revision === 30),
        Stream.runCollect,
        Effect.fork,
      )
      yield* Deferred.await(listening)
      const [took] = yield* Effect.timed(
        Effect.forEach(
          Array.from({ length: 30 }),
          () => Effect.provide(change, one).pipe(Effect.zipRight(reached(other))),
          { discard: true },
        ).pipe(Effect.provide(one)),
      )
      const revisions = Chunk.toReadonlyArray(yield* seen)
      assert.deepStrictEqual(
        revisions,
        revisions.toSorted((a, b) => a - b),
      )
      // Had none been heard, each would have come with the question that is asked every five seconds.
      assert.isBelow(Duration.toMillis(took), 30 * 2500)
    }).pipe(Effect.scoped),
  )

  it.live("changes made at once by several processes get revisions of their own", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const processes = yield* Effect.all([processOn(url), processOn(url), processOn(url)])
      yield* Effect.forEach(
        Array.from({ length: 60 }, (_, nth) => processes[nth % 3] ?? processes[0]),
        (one) => Effect.provide(change, one),
        { concurrency: "unbounded", discard: true },
      )
      const rows = yield* Effect.provide(
        Effect.flatMap(
          SqlClient.SqlClient,
          (sql) => sql<{ revision: number }>`SELECT revision FROM household`,
        ),
        processes[0],
      )
      assert.strictEqual(Number(rows[0]?.revision), 60)
    }).pipe(Effect.scoped),
  )

  it.live("a server that cut every connection is used again", () =>
    Effect.gen(function* () {
      const url = yield* postgres.newDatabase
      const one = yield* processOn(url)
      yield* Effect.provide(change, one)
      yield* postgres.administer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${new URL(Redacted.value(url)).pathname.slice(1)}'`,
      )
      yield* Effect.retry(Effect.provide(change, one), Schedule.spaced("100 millis")).pipe(
        Effect.timeout("30 seconds"),
      )
      const other = yield* processOn(url)
      yield* Effect.provide(change, other)
      yield* Effect.provide(Effect.zipRight(Effect.void, reached(one)), other)
    }).pipe(Effect.scoped),
  )

  it.live("an unreachable server is reported without its password", () =>
    Effect.gen(function* () {
      const url = Redacted.make("postgres://ann:hush@127.0.0.1:9/none")
      const error = yield* Effect.flip(Effect.provide(count, Database.layerPostgres(url)))
      assert.include(String(error.message), "could not be opened")
      assert.include(String(error.message), "127.0.0.1:9")
      assert.notInclude(String(error.message), "hush")
    }),
  )
})

/** Waits until a process is where the one is that this runs in. */
const reached = (other: Context.Context<ChangeFeed>) =>
  Effect.gen(function* () {
    const own = yield* SubscriptionRef.get((yield* ChangeFeed).revision)
    yield* Context.get(other, ChangeFeed).revision.changes.pipe(
      Stream.takeUntil((revision) => revision >= own),
      Stream.runDrain,
      Effect.timeout("60 seconds"),
    )
  })
