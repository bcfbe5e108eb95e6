import * as Reactivity from "@effect/experimental/Reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "@effect/sql"
import { Duration, Effect, Layer, Schedule, Stream } from "effect"
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"

/** More than the store's own statements. */
const preparedAtMost = 200
/** Some milliseconds: webhooks are to be answered while a page of ten thousand measures is kept. */
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
}

export const isSqlite = (client: SqlClient.SqlClient): client is SqliteClient => "runEach" in client

/**
 * An `@effect/sql` client on Node's own SQLite. One connection: a semaphore keeps other fibers out of an open
 * transaction; transactions begin as writers, since a reader that turns writer under another process must fail.
 */
export const layer = (
  path: string,
  cacheKilobytes = 2_000,
): Layer.Layer<SqlClient.SqlClient, SqlError.SqlError> =>
  Layer.scoped(SqlClient.SqlClient, make(path, cacheKilobytes)).pipe(Layer.provide(Reactivity.layer))

const make = (path: string, cacheKilobytes: number) =>
  Effect.gen(function* () {
    const database = yield* Effect.acquireRelease(open(path, cacheKilobytes), (database) =>
      Effect.sync(() => database.close()),
    )
    const { connection, runEach } = connect(database)
    const alone = yield* Effect.makeSemaphore(1)
    // Held until the scope of the statement or transaction ends.
    const acquirer = Effect.acquireRelease(Effect.as(alone.take(1), connection), () => alone.release(1))
    const client = yield* SqlClient.make({
      acquirer,
      transactionAcquirer: acquirer,
      compiler: Statement.makeCompilerSqlite(),
      beginTransaction: "BEGIN IMMEDIATE",
      spanAttributes: [["db.system.name", "sqlite"]],
    })
    return Object.assign(client, { runEach }) satisfies SqliteClient
  })

/** Two processes that both make the file a WAL file at once do not wait for each other: SQLite answers "locked". */
const open = (path: string, cacheKilobytes: number) =>
  attempt("open the database", () => {
    const database = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true })
    // A lost token row is a lost account, hence FULL.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    database.exec(`PRAGMA cache_size = -${cacheKilobytes}`)
    // 16 MB: a first history would otherwise move the log into the file after every page.
    database.exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864")
    return database
  }).pipe(Effect.retry(Schedule.spaced(Duration.millis(100)).pipe(Schedule.intersect(Schedule.recurs(50)))))

const connect = (database: DatabaseSync) => {
  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    const oldest = prepared.keys().next()
    if (prepared.size >= preparedAtMost && oldest.done === false) prepared.delete(oldest.value)
    prepared.set(sql, statement)
    return statement
  }
  const rows = (sql: string, params: ReadonlyArray<unknown>) =>
    attempt("run a statement", () => prepare(sql).all(...params.map(toSqlite)))

  const execute: SqlConnection.Connection["execute"] = (sql, params, transformRows) =>
    transformRows === undefined ? rows(sql, params) : Effect.map(rows(sql, params), transformRows)

  const connection: SqlConnection.Connection = {
    execute,
    executeRaw: (sql, params) => attempt("run a statement", () => prepare(sql).run(...params.map(toSqlite))),
    executeUnprepared: (sql, params, transformRows) =>
      params.length === 0 && transformRows === undefined
        ? attempt("run a statement", () => {
            database.exec(sql)
            return []
          })
        : execute(sql, params, transformRows),
    executeValues: (sql, params) => Effect.map(rows(sql, params), (rows) => rows.map(Object.values)),
    // A statement of its own: a cached one would start again if it were run while the stream is read.
    executeStream: (sql, params) =>
      Stream.unwrap(
        attempt("run a statement", () =>
          Stream.fromIteratorSucceed(database.prepare(sql).iterate(...params.map(toSqlite)), 500),
        ),
      ),
  }

  const runEach: SqliteClient["runEach"] = <A>(
    sql: string,
    items: Iterable<A>,
    toParams: (item: A) => ReadonlyArray<SQLInputValue>,
  ) =>
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

  return { connection, runEach }
}

/** Effect's own yield stays within one turn of the event loop. */
const letOthersRun = Effect.async<void>((resume) => {
  const turn = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(turn))
})

const attempt = <A>(operation: string, run: () => A) =>
  Effect.try({
    try: run,
    catch: (cause) =>
      new SqlError.SqlError({ cause, message: `SQLite could not ${operation}: ${String(cause)}` }),
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
