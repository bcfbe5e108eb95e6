import * as Reactivity from "@effect/experimental/Reactivity"
import { SqlClient, type SqlConnection, type SqlError, Statement } from "@effect/sql"
import { Effect, Layer, Schedule, Stream } from "effect"
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite"
import { makeReader } from "./SqliteReader.ts"
import { attempt, letOthersRun, openDatabase, pause, readRows, whenNotBusy } from "./sqliteDatabase.ts"

/** More than the store's own statements. */
const preparedAtMost = 200
/** Yield to the event loop every few milliseconds, so that webhooks are answered during a bulk insert. */
const rowsAtOnce = 500

/** What SQLite alone can do: it runs within this process, so that a call for each row costs next to nothing. */
export interface SqliteClient extends SqlClient.SqlClient {
  /**
   * Runs one statement for each item, to be asked within a transaction. Answers the items whose statement changed
   * something.
   */
  readonly runEach: <A>(
    statement: string,
    items: Iterable<A>,
    toParams: (item: A) => ReadonlyArray<SQLInputValue>,
  ) => Effect.Effect<ReadonlyArray<A>, SqlError.SqlError>
  /** Reads on a thread of its own, for what may take long; within a transaction on the transaction's connection. */
  readonly reader: SqlClient.SqlClient
}

export const isSqlite = (client: SqlClient.SqlClient): client is SqliteClient => "runEach" in client

/** Where to read what may take long. A server works it out elsewhere anyway. */
export const readerOf = (client: SqlClient.SqlClient): SqlClient.SqlClient =>
  isSqlite(client) ? client.reader : client

/**
 * An `@effect/sql` client on Node's own SQLite. It never waits for another process within a call, which would stop the
 * whole event loop: SQLite answers "busy" at once, and the fiber tries again. One connection writes: a semaphore keeps
 * other fibers out of an open transaction; transactions begin as writers, since a reader that turns writer under
 * another process must fail. Long reads have a thread: see SqliteReader.ts.
 */
export const layer = (
  path: string,
  cacheKilobytes = 2_000,
): Layer.Layer<SqlClient.SqlClient, SqlError.SqlError> =>
  Layer.scoped(SqlClient.SqlClient, make(path, cacheKilobytes)).pipe(Layer.provide(Reactivity.layer))

const make = (path: string, cacheKilobytes: number) =>
  Effect.gen(function* () {
    const database = yield* opened(path, cacheKilobytes)
    const { connection, runEach } = connect(database)
    const alone = yield* Effect.makeSemaphore(1)
    const clientOf = (acquired: SqlConnection.Connection) =>
      SqlClient.make({
        acquirer: Effect.succeed(acquired),
        transactionAcquirer: begun(connection, alone),
        // `begun` has begun it: a transaction that cannot begin has nothing to roll back.
        beginTransaction: "SELECT 1",
        compiler: Statement.makeCompilerSqlite(),
        spanAttributes: [["db.system.name", "sqlite"]],
      })
    const inTurn = oneByOne(connection, alone)
    const aside = path === ":memory:" ? inTurn : yield* makeReader(path, (params) => params.map(toSqlite))
    // A slow reader of a stream would hold the one connection for as long as it reads.
    const client = yield* clientOf({ ...inTurn, executeStream: aside.executeStream })
    const reader = yield* clientOf(aside)
    return Object.assign(client, { runEach, reader }) satisfies SqliteClient
  })

/** Two processes that both make the file a WAL file at once do not wait for each other: SQLite answers "locked". */
const opened = (path: string, cacheKilobytes: number) =>
  Effect.acquireRelease(
    openDatabase(path, cacheKilobytes).pipe(
      Effect.retry(Schedule.recurs(50).pipe(Schedule.mapEffect(() => pause(100)))),
    ),
    (database) => Effect.sync(() => database.close()),
  )

/** Keeps all others out until the scope ends. Waiting for that can be interrupted. */
const taken = (alone: Effect.Semaphore) =>
  Effect.uninterruptible(
    Effect.zipRight(
      Effect.interruptible(alone.take(1)),
      Effect.addFinalizer(() => alone.release(1)),
    ),
  )

/** The connection with a transaction begun on it, for one fiber. */
const begun = (connection: SqlConnection.Connection, alone: Effect.Semaphore) => {
  const begin = Effect.interruptible(connection.executeUnprepared("BEGIN IMMEDIATE", [], undefined))
  // The client closes no scope whose connection could not be had.
  return Effect.uninterruptible(
    Effect.interruptible(alone.take(1)).pipe(
      Effect.zipRight(Effect.onError(begin, () => alone.release(1))),
      Effect.zipRight(Effect.addFinalizer(() => alone.release(1))),
      Effect.as(connection),
    ),
  )
}

/** For statements outside of a transaction: each waits until the connection is free. */
const oneByOne = (
  connection: SqlConnection.Connection,
  alone: Effect.Semaphore,
): SqlConnection.Connection => {
  const inTurn = alone.withPermits(1)
  return {
    execute: (sql, params, transform) => inTurn(connection.execute(sql, params, transform)),
    executeRaw: (sql, params) => inTurn(connection.executeRaw(sql, params)),
    executeValues: (sql, params) => inTurn(connection.executeValues(sql, params)),
    executeUnprepared: (sql, params, transform) =>
      inTurn(connection.executeUnprepared(sql, params, transform)),
    executeStream: (sql, params, transform) =>
      Stream.unwrapScoped(Effect.as(taken(alone), connection.executeStream(sql, params, transform))),
  }
}

const connect = (database: DatabaseSync) => {
  const prepare = preparing(database)
  const rows = (sql: string, params: ReadonlyArray<unknown>) =>
    readRows(() => prepare(sql), params.map(toSqlite))
  const execute: SqlConnection.Connection["execute"] = (sql, params, transformRows) =>
    transformRows === undefined ? rows(sql, params) : Effect.map(rows(sql, params), transformRows)
  const run = (sql: string) => whenNotBusy("run a statement", () => database.exec(sql))

  const connection: SqlConnection.Connection = {
    execute,
    executeRaw: (sql, params) =>
      whenNotBusy("run a statement", () => prepare(sql).run(...params.map(toSqlite))),
    executeUnprepared: (sql, params, transformRows) => {
      if (params.length > 0 || transformRows !== undefined) return execute(sql, params, transformRows)
      // A full disk may have undone the transaction already; one that cannot be committed must not stay open.
      if (sql.startsWith("ROLLBACK")) return Effect.as(Effect.ignore(run(sql)), [])
      if (sql === "COMMIT")
        return Effect.as(
          Effect.tapError(run(sql), () => Effect.ignore(run("ROLLBACK"))),
          [],
        )
      return Effect.as(run(sql), [])
    },
    executeValues: (sql, params) => Effect.map(rows(sql, params), (rows) => rows.map(Object.values)),
    // A statement of its own: a cached one would start again if it were run while the stream is read.
    executeStream: (sql, params) =>
      Stream.unwrap(
        attempt("run a statement", () =>
          Stream.fromIteratorSucceed(database.prepare(sql).iterate(...params.map(toSqlite)), rowsAtOnce).pipe(
            Stream.mapChunksEffect((rows) => Effect.as(letOthersRun, rows)),
          ),
        ),
      ),
  }
  return { connection, runEach: runningEach(prepare) }
}

type Prepare = (sql: string) => StatementSync

const preparing = (database: DatabaseSync): Prepare => {
  const prepared = new Map<string, StatementSync>()
  return (sql) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    const oldest = prepared.keys().next()
    if (prepared.size >= preparedAtMost && oldest.done === false) prepared.delete(oldest.value)
    prepared.set(sql, statement)
    return statement
  }
}

const runningEach =
  (prepare: Prepare): SqliteClient["runEach"] =>
  <A>(sql: string, items: Iterable<A>, toParams: (item: A) => ReadonlyArray<SQLInputValue>) =>
    Effect.gen(function* () {
      const statement = yield* attempt("prepare a statement", () => prepare(sql))
      const rest = items[Symbol.iterator]()
      const changed: Array<A> = []
      const runSome = attempt("run a statement", () => {
        for (let count = 0; count < rowsAtOnce; count++) {
          const next = rest.next()
          if (next.done === true) return false
          if (statement.run(...toParams(next.value)).changes > 0) changed.push(next.value)
        }
        return true
      })
      // Where nothing is left to run, a transaction ends in the turn in which it began.
      while (yield* runSome) yield* letOthersRun
      return changed
    })

const toSqlite = (value: unknown): SQLInputValue => {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
      return value
    case "boolean":
      return value ? 1 : 0
    default:
      return value === null || value === undefined
        ? null
        : value instanceof Uint8Array
          ? value
          : String(value)
  }
}
