import type { PgClient } from "@effect/sql-pg/PgClient"
import { Context, Data, Duration, Effect, Queue, Schedule, type Scope, Stream } from "effect"
import { watch, writeFileSync } from "node:fs"
import { shareWithGroup } from "../HomeFolder.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** How processes wake each other, household by household. */
export class Signal extends Context.Tag("@withings-bridge/core/store/Signal")<
  Signal,
  {
    readonly send: (household: string) => Effect.Effect<void>
    /** Emits also when a change may have been missed. */
    readonly heard: (household: string) => Stream.Stream<void>
  }
>() {}

/** In case the file system does not tell of a change: some network and container file systems do not. */
const askEvery = Duration.seconds(5)

/**
 * Writing to the file is enough: what is in it does not matter, the store is the truth. Its times are not set instead,
 * since only its owner may do that.
 */
export const signalByFile = (file: string): Effect.Effect<Signal["Type"], StoreError> =>
  Effect.try({
    try: () => {
      writeFileSync(file, "", { flag: "a", mode: 0o600 })
      shareWithGroup(file)
      const written = Stream.asyncPush<void>(
        (emit) =>
          Effect.acquireRelease(
            watching(file, () => emit.single(undefined)),
            (watcher) => Effect.sync(() => watcher?.close()),
          ),
        { bufferSize: 1, strategy: "sliding" },
      )
      return {
        send: () => Effect.sync(() => writeFileSync(file, String(process.pid))).pipe(Effect.ignoreLogged),
        heard: () => Stream.merge(written, Stream.fromSchedule(Schedule.spaced(askEvery))),
      }
    },
    catch: (cause) => cause,
  }).pipe(storeError(`make ${file}`))

/** null: the system has no watches left, or none for this file. The store is asked now and then all the same. */
const watching = (file: string, changed: () => void) =>
  Effect.try(() => watch(file, changed).on("error", () => undefined)).pipe(
    Effect.catchAll((error) =>
      Effect.as(
        Effect.logWarning(
          `${file} cannot be watched, so changes by other processes are seen some seconds later ` +
            `(${error.cause instanceof Error ? error.cause.message : "unknown"}). ` +
            "On Linux, raise fs.inotify.max_user_watches.",
        ),
        null,
      ),
    ),
  )

const channel = "withings_bridge"
/** What a test of the connection says. Anything else is the household that changed. */
const test = "look"
const testEvery = Duration.seconds(5)
/** Close together at first: what was committed before this process listened is read when the first one is heard. */
const tests = Schedule.union(Schedule.exponential("50 millis"), Schedule.spaced(testEvery))
const deafAfter = Duration.times(testEvery, 2)
const listenAgainAfter = Duration.seconds(1)

class Deaf extends Data.TaggedError("Deaf") {}

/**
 * LISTEN and NOTIFY of PostgreSQL, on one connection for all households of this process. A listening connection that is
 * lost says nothing, so it is tested by a notification now and then, and made anew when none arrives; every household
 * is woken then.
 */
export const signalByNotify: Effect.Effect<Signal["Type"], never, PgClient | Scope.Scope> = Effect.gen(
  function* () {
    const postgres = yield* Effect.promise(() => import("@effect/sql-pg/PgClient"))
    const sql = yield* postgres.PgClient
    const bells = new Map<string, Set<Queue.Enqueue<void>>>()
    const ring = (queues: Iterable<Queue.Enqueue<void>>) =>
      Effect.sync(() => {
        for (const queue of queues) queue.unsafeOffer(undefined)
      })
    const ringAll = Effect.suspend(() => ring([...bells.values()].flatMap((queues) => [...queues])))
    // The statement NOTIFY takes no parameters, and the client hears nothing that is empty.
    const notify = (payload: string) => sql`SELECT pg_notify(${channel}, ${payload})`
    const testing = Stream.drain(Stream.repeatEffectWithSchedule(Effect.ignore(notify(test)), tests))
    yield* Stream.suspend(() => {
      let isNew = true
      return sql.listen(channel).pipe(
        Stream.timeoutFail(() => new Deaf(), deafAfter),
        Stream.tap((payload) => {
          const all = isNew
          isNew = false
          if (all) return ringAll
          return payload === test ? Effect.void : ring(bells.get(payload) ?? [])
        }),
        Stream.merge(testing),
      )
    }).pipe(
      // The end of a dead connection is a defect of the client's finalizer.
      Stream.catchAllCause(() => Stream.drain(Stream.fromEffect(Effect.sleep(listenAgainAfter)))),
      Stream.forever,
      Stream.runDrain,
      Effect.forkScoped,
    )
    return {
      send: (household) => Effect.ignoreLogged(notify(household)),
      heard: (household) => hearing(bells, household),
    }
  },
)

const hearing = (bells: Map<string, Set<Queue.Enqueue<void>>>, household: string): Stream.Stream<void> =>
  Stream.unwrapScoped(
    Effect.acquireRelease(
      // Nobody here has heard of what was committed since the last look.
      Effect.tap(Queue.sliding<void>(1), (queue) =>
        Effect.sync(() => {
          bells.set(household, (bells.get(household) ?? new Set()).add(queue))
          queue.unsafeOffer(undefined)
        }),
      ),
      (queue) =>
        Effect.sync(() => {
          const queues = bells.get(household)
          queues?.delete(queue)
          if (queues?.size === 0) bells.delete(household)
        }),
    ).pipe(Effect.map((queue) => Stream.fromQueue(queue))),
  )
