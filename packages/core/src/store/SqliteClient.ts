import * as Reactivity from "@effect/experimental/Reactivity"
import { SqlClient, type SqlConnection, type SqlError, Statement } from "@effect/sql"
import { Clock, Effect, Layer, Schedule, Stream } from "effect"
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite"
import type { Dialect } from "./Dialect.ts"
import { makeReader } from "./SqliteReader.ts"
import { attempt, letOthersRun, openDatabase, pause, readRows, whenNotBusy } from "./sqliteDatabase.ts"
import { columns, onConflict, toRow } from "./upsert.ts"

/** More than the store has statements. */
const preparedAtMost = 200
/** Yield to the event loop every few milliseconds, so that webhooks are answered during a bulk insert. */
const rowsAtOnce = 500

/**
 * An `@effect/sql` client for `node:sqlite`. It never waits for another process within a call, which would block the event
 * loop: SQLite answers "busy" immediately, and the fiber tries again. One connection writes; a semaphore keeps other
 * fibers out of an open transaction. Transactions begin as writers, because a reader cannot become a writer while
 * another process writes. Long reads run on a thread: see SqliteReader.ts.
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
        // `begun` began it already: a transaction that cannot begin has nothing to roll back.
        beginTransaction: "SELECT 1",
        compiler: Statement.makeCompilerSqlite(),
        spanAttributes: [["db.system.name", "sqlite"]],
      })
    const inTurn = oneByOne(connection, alone)
    const aside = path === ":memory:" ? inTurn : yield* makeReader(path, (params) => params.map(toSqlite))
    // A slow reader of a stream would block the only connection.
    const client = yield* clientOf({ ...inTurn, executeStream: aside.executeStream })
    const reader = yield* clientOf(aside)
    return Object.assign(client, { dialect: dialectOn(client, reader, runEach) })
  })

const dialectOn = (sql: SqlClient.SqlClient, reader: SqlClient.SqlClient, runEach: RunEach): Dialect => ({
  // The machine's clock: only one machine uses the file.
  now: Effect.map(Clock.currentTimeMillis, (now) => sql`${now}`),
  forUpdate: sql``,
  forShare: sql``,
  // Else SQLite may read everything the person measured, and sort it.
  alongIndex: (index) => sql.literal(`INDEXED BY ${index}`),
  withoutRowid: " WITHOUT ROWID",
  monthTriggers,
  upsert: (page, measures) => runEach(rowStatement, measures, (one) => toRow(page, one)),
  refusesValue: (cause) =>
    ("errcode" in cause && valueCodes.has(cause.errcode)) ||
    ("code" in cause && /^ERR_(INVALID_ARG_TYPE|INVALID_ARG_VALUE|OUT_OF_RANGE)$/.test(String(cause.code))),
  reader,
})

/** A text too big, a value of the wrong type, one that does not fit, a missing one, a failed check. */
const valueCodes: ReadonlySet<unknown> = new Set([18, 20, 25, 275, 1299])

const rowStatement = `INSERT INTO measure (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ${onConflict}`

const monthTriggers = (longest: number) => {
  const forget = (measure: string) => `DELETE FROM feature_month WHERE
    person_id = ${measure}.person_id AND kind = ${measure}.kind
      AND begins BETWEEN ${measure}.at - ${longest} AND ${measure}.at AND ends > ${measure}.at;`
  return [
    ["INSERT", forget("NEW")],
    ["UPDATE", `${forget("OLD")} ${forget("NEW")}`],
    ["DELETE", forget("OLD")],
  ].map(
    ([event, statements]) =>
      `CREATE TRIGGER feature_month_${event?.toLowerCase()} AFTER ${event} ON measure BEGIN ${statements} END`,
  )
}

/** SQLite answers "locked" when two processes switch the file to WAL at once. */
const opened = (path: string, cacheKilobytes: number) =>
  Effect.acquireRelease(
    openDatabase(path, cacheKilobytes).pipe(
      Effect.retry(Schedule.recurs(50).pipe(Schedule.mapEffect(() => pause(100)))),
    ),
    (database) => Effect.sync(() => database.close()),
  )

/** Takes the connection until the scope ends. Waiting for it can be interrupted. */
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
  // The client does not close the scope if the connection cannot be acquired.
  return Effect.uninterruptible(
    Effect.interruptible(alone.take(1)).pipe(
      Effect.zipRight(Effect.onError(begin, () => alone.release(1))),
      Effect.zipRight(Effect.addFinalizer(() => alone.release(1))),
      Effect.as(connection),
    ),
  )
}

/** For statements outside a transaction: each waits until the connection is free. */
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
      // SQLite may have rolled back already, on a full disk. A failed commit must not leave the transaction open.
      if (sql.startsWith("ROLLBACK")) return Effect.as(Effect.ignore(run(sql)), [])
      if (sql === "COMMIT")
        return Effect.as(
          Effect.tapError(run(sql), () => Effect.ignore(run("ROLLBACK"))),
          [],
        )
      return Effect.as(run(sql), [])
    },
    executeValues: (sql, params) => Effect.map(rows(sql, params), (rows) => rows.map(Object.values)),
    // Not a cached statement, which would restart if it were run while the stream is read.
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

type RunEach = ReturnType<typeof runningEach>

/**
 * Runs one statement for each item within a transaction, and answers the items whose statement changed something.
 * SQLite runs within this process, so a call for each row costs next to nothing.
 */
const runningEach =
  (prepare: Prepare) =>
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
      // A short transaction ends in the turn in which it began.
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
