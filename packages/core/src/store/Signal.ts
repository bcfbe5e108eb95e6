import type { PgClient } from "@effect/sql-pg/PgClient"
import { Data, Duration, Effect, Schedule, Stream } from "effect"
import { watch, writeFileSync } from "node:fs"
import { shareWithGroup } from "../HomeFolder.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** How processes wake each other. */
export interface Signal {
  readonly send: Effect.Effect<void>
  readonly heard: Stream.Stream<void>
}

/**
 * Writing to the file is enough: what is in it does not matter, the store is the truth. Its times are not set instead,
 * since only its owner may do that.
 */
export const signalByFile = (file: string): Effect.Effect<Signal, StoreError> =>
  Effect.try({
    try: () => {
      writeFileSync(file, "", { flag: "a", mode: 0o600 })
      shareWithGroup(file)
      return {
        send: Effect.sync(() => writeFileSync(file, String(process.pid))).pipe(Effect.ignoreLogged),
        heard: Stream.asyncPush<void>(
          (emit) =>
            Effect.acquireRelease(
              watching(file, () => emit.single(undefined)),
              (watcher) => Effect.sync(() => watcher?.close()),
            ),
          { bufferSize: 1, strategy: "sliding" },
        ),
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
          `${file} cannot be watched, so that changes of other processes are seen some seconds later ` +
            `(${error.cause instanceof Error ? error.cause.message : "unknown"}). ` +
            "On Linux, raise fs.inotify.max_user_watches.",
        ),
        null,
      ),
    ),
  )

const channel = "withings_bridge"
const testEvery = Duration.seconds(20)
/** Close together at first: what was committed before this process listened is read when the first one is heard. */
const tests = Schedule.union(Schedule.exponential("50 millis"), Schedule.spaced(testEvery))
const deafAfter = Duration.times(testEvery, 2)
const listenAgainAfter = Duration.seconds(1)

class Deaf extends Data.TaggedError("Deaf") {}

/**
 * LISTEN and NOTIFY of PostgreSQL. A listening connection that is lost says nothing, so it is tested by a notification
 * now and then, and made anew when none arrives.
 */
export const signalByNotify: Effect.Effect<Signal, never, PgClient> = Effect.gen(function* () {
  const postgres = yield* Effect.promise(() => import("@effect/sql-pg/PgClient"))
  const sql = yield* postgres.PgClient
  // The statement NOTIFY takes no parameters, and the client hears nothing that is empty.
  const notify = sql`SELECT pg_notify(${channel}, 'look')`
  const testing = Stream.drain(Stream.repeatEffectWithSchedule(Effect.ignore(notify), tests))
  return {
    send: Effect.ignoreLogged(notify),
    heard: sql.listen(channel).pipe(
      Stream.timeoutFail(() => new Deaf(), deafAfter),
      Stream.merge(testing),
      Stream.map(() => undefined),
      // The end of a dead connection is a defect of the client's finalizer.
      Stream.catchAllCause(() => Stream.fromEffect(Effect.sleep(listenAgainAfter))),
      Stream.forever,
    ),
  }
})
