import { SqlError } from "@effect/sql"
import { Effect } from "effect"
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite"

/** Opens the file without a busy timeout: see `whenNotBusy`. */
export const openDatabase = (path: string, cacheKilobytes: number) =>
  attempt("open the database", () => {
    const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true })
    // A lost token row is a lost account, hence FULL.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    database.exec(`PRAGMA cache_size = -${cacheKilobytes}`)
    // 16 MB: otherwise a first history would checkpoint after every page.
    database.exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864")
    return database
  })

export const attempt = <A>(operation: string, run: () => A) =>
  Effect.try({
    try: run,
    catch: (cause) =>
      new SqlError.SqlError({ cause, message: `SQLite could not ${operation}: ${String(cause)}` }),
  })

/** SQLITE_BUSY and SQLITE_LOCKED (sqlite.org/rescode.html). */
const busyCodes: ReadonlySet<number> = new Set([5, 6])

export const isBusy = ({ cause }: SqlError.SqlError): boolean =>
  cause instanceof Error &&
  "errcode" in cause &&
  typeof cause.errcode === "number" &&
  busyCodes.has(cause.errcode & 0xff)

/** A process that writes for longer is considered stuck. Milliseconds. */
const patience = 10_000
const longestPause = 50

/** Retries while another connection writes, without blocking the event loop or interruption. */
export const whenNotBusy = <A>(operation: string, run: () => A): Effect.Effect<A, SqlError.SqlError> => {
  const tryAgain = (waited: number, wait: number): Effect.Effect<A, SqlError.SqlError> =>
    Effect.catchIf(
      attempt(operation, run),
      (error) => isBusy(error) && waited < patience,
      () =>
        // Jitter, for processes that wait for the same writer.
        Effect.flatMap(
          Effect.sync(() => wait * (0.5 + Math.random())),
          (time) => Effect.zipRight(pause(time), tryAgain(waited + time, Math.min(wait * 2, longestPause))),
        ),
    )
  return tryAgain(0, 1)
}

/** Real time, not Effect's clock, because it waits for another process. */
export const pause = (milliseconds: number) =>
  Effect.async<void>((resume) => {
    const timer = setTimeout(() => resume(Effect.void), milliseconds)
    return Effect.sync(() => clearTimeout(timer))
  })

/** Effect's own yield stays within one turn of the event loop. */
export const letOthersRun = Effect.async<void>((resume) => {
  const turn = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(turn))
})

/** A chart may read half a million rows; this many take some milliseconds. */
const readAtOnce = 4000

type Row = ReturnType<StatementSync["all"]>[number]

/** Runs a statement and reads its rows, yielding to the event loop now and then. */
export const readRows = (statement: () => StatementSync, params: ReadonlyArray<SQLInputValue>) =>
  Effect.gen(function* () {
    const rows: Array<Row> = []
    const readSome = (left: Iterator<Row>) => {
      try {
        for (let count = 0; count < readAtOnce; count++) {
          const next = left.next()
          if (next.done === true) return true
          rows.push(next.value)
        }
        return false
      } catch (error) {
        // Otherwise the next run of this prepared statement would fail with the same error.
        left.return?.()
        throw error
      }
    }
    const started = yield* whenNotBusy("run a statement", () => {
      const left = statement().iterate(...params)
      return { left, done: readSome(left) }
    })
    if (started.done) return rows
    // An unfinished statement would keep its snapshot, and the log could not be emptied.
    const rest = Effect.gen(function* () {
      do yield* letOthersRun
      while (!(yield* attempt("read on", () => readSome(started.left))))
    })
    yield* Effect.onExit(rest, () => Effect.sync(() => started.left.return?.()))
    return rows
  })
