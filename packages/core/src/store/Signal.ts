import type { PgClient } from "@effect/sql-pg/PgClient"
import { Data, Duration, Effect, Schedule, Stream } from "effect"
import { utimesSync, watch, writeFileSync } from "node:fs"
import { storeError, type StoreError } from "./StoreError.ts"

/** How processes wake each other. */
export interface Signal {
  readonly send: Effect.Effect<void>
  readonly heard: Stream.Stream<void>
}

/** Touching the file is enough: what is in it does not matter, the store is the truth. */
export const signalByFile = (file: string): Effect.Effect<Signal, StoreError> =>
  Effect.try({
    try: () => {
      writeFileSync(file, "", { flag: "a", mode: 0o600 })
      return {
        send: Effect.sync(() => {
          const now = new Date()
          utimesSync(file, now, now)
        }).pipe(Effect.ignoreLogged),
        heard: Stream.asyncPush<void>(
          (emit) =>
            Effect.acquireRelease(
              Effect.sync(() => watch(file, () => emit.single(undefined)).on("error", () => undefined)),
              (watcher) => Effect.sync(() => watcher.close()),
            ),
          { bufferSize: 1, strategy: "sliding" },
        ),
      }
    },
    catch: (cause) => cause,
  }).pipe(storeError(`make ${file}`))

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
