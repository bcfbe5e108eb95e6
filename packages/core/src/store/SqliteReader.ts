import { SqlError, type SqlConnection } from "@effect/sql"
import { Chunk, Effect, Option, type Scope, Stream } from "effect"
import type { SQLInputValue } from "node:sqlite"
import { Worker } from "node:worker_threads"
import { readerThread } from "./readerThread.ts"

/** About a millisecond to receive from the thread. */
const rowsAtOnce = 500
/** Long enough for someone who opens one chart after another. Milliseconds. */
const defaultIdle = 30_000

type Row = Record<string, unknown>

interface Query {
  readonly id: number
  readonly sql: string
  readonly params: ReadonlyArray<SQLInputValue>
}

type Answer =
  | { readonly id: number; readonly rows: ReadonlyArray<Row>; readonly done: boolean }
  | { readonly id: number; readonly failed: unknown }

/**
 * A connection for long reads on a separate thread, so that a slow step of SQLite does not block the event loop. The
 * thread starts with the first query and ends after some idle time, so that it costs no memory without charts.
 */
export const makeReader = (
  path: string,
  toParams: (params: ReadonlyArray<unknown>) => ReadonlyArray<SQLInputValue>,
  idle = defaultIdle,
): Effect.Effect<SqlConnection.Connection, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => onDemand(path, idle)),
      ({ end }) => Effect.sync(end),
    ),
    (threads) => {
      const rows = (sql: string, params: ReadonlyArray<unknown>) =>
        Effect.scoped(
          Effect.gen(function* () {
            const next = yield* begin(threads, sql, toParams(params))
            const all: Array<Row> = []
            for (;;) {
              const { done, rows } = yield* next
              for (const row of rows) all.push(row)
              if (done) return all
            }
          }),
        )
      const execute: SqlConnection.Connection["execute"] = (sql, params, transformRows) =>
        transformRows === undefined ? rows(sql, params) : Effect.map(rows(sql, params), transformRows)
      return {
        execute,
        executeRaw: rows,
        executeUnprepared: execute,
        executeValues: (sql, params) =>
          Effect.map(rows(sql, params), (all) => all.map((row) => Object.values(row))),
        executeStream: (sql, params) =>
          Stream.unwrapScoped(Effect.map(begin(threads, sql, toParams(params)), streamOf)),
      }
    },
  )

type Next = Effect.Effect<Exclude<Answer, { readonly failed: unknown }>, SqlError.SqlError>

const streamOf = (next: Next) =>
  Stream.paginateChunkEffect(undefined, () =>
    Effect.map(next, ({ done, rows }) => [
      Chunk.unsafeFromArray(rows),
      done ? Option.none() : Option.some(undefined),
    ]),
  )

/** Begins a query that ends with the scope. Each run of the result fetches the next rows. */
const begin = (threads: Threads, sql: string, params: ReadonlyArray<SQLInputValue>) =>
  Effect.acquireRelease(
    Effect.try({ try: threads.take, catch: (cause) => failure(cause) }),
    ({ id, thread }) =>
      Effect.sync(() => {
        thread.end(id)
        threads.release()
      }),
  ).pipe(Effect.map(({ id, thread }): Next => thread.ask({ id, sql, params })))

type Threads = ReturnType<typeof onDemand>

/** Keeps the thread while there are queries, and some time longer. */
const onDemand = (path: string, idle: number) => {
  let thread: Thread | null = null
  let queries = 0
  let lastId = 0
  let rest: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(rest)
    thread?.terminate()
    thread = null
  }
  return {
    take: () => {
      if (thread === null || thread.isGone()) thread = startThread(path)
      clearTimeout(rest)
      queries++
      thread.keepsProcess(true)
      return { id: ++lastId, thread }
    },
    release: () => {
      if (--queries > 0) return
      thread?.keepsProcess(false)
      rest = setTimeout(end, idle).unref()
    },
    end,
  }
}

type Thread = ReturnType<typeof startThread>

const startThread = (path: string) => {
  const worker = new Worker(readerThread, {
    eval: true,
    name: "withings-bridge reader",
    workerData: { path, rowsAtOnce },
    // Not the app's own options, such as a TypeScript loader.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
  })
  const waiting = new Map<number, (answer: Next) => void>()
  let gone: SqlError.SqlError | null = null
  const lose = (cause: unknown) => {
    gone ??= failure(cause)
    for (const resume of waiting.values()) resume(Effect.fail(gone))
    waiting.clear()
  }
  worker.on("error", lose)
  worker.on("exit", () => lose(new Error("the thread that reads has ended")))
  worker.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(
      "failed" in answer ? Effect.fail(failure(answer.failed)) : Effect.succeed(answer),
    )
    waiting.delete(answer.id)
  })
  return {
    ask: (query: Query): Next =>
      Effect.async((resume) => {
        if (gone !== null) return resume(Effect.fail(gone))
        waiting.set(query.id, resume)
        worker.postMessage(query, [])
        return Effect.sync(() => waiting.delete(query.id))
      }),
    end: (id: number) => worker.postMessage({ id, end: true }, []),
    isGone: () => gone !== null,
    keepsProcess: (keeps: boolean) => (keeps ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  }
}

const failure = (cause: unknown) =>
  new SqlError.SqlError({ cause, message: `SQLite could not run a statement: ${String(cause)}` })
