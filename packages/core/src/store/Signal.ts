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
const changed = "changed"
/** Not to wake anyone: only to hear that one still hears. */
const test = "test"
const testEvery = Duration.seconds(20)
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
  // The statement NOTIFY takes no parameters.
  const notify = (payload: string) => sql`SELECT pg_notify(${channel}, ${payload})`
  const tests = Stream.repeatEffectWithSchedule(Effect.ignore(notify(test)), Schedule.spaced(testEvery))
  return {
    send: Effect.ignoreLogged(notify(changed)),
    heard: sql.listen(channel).pipe(
      Stream.timeoutFail(() => new Deaf(), deafAfter),
      Stream.merge(Stream.drain(tests)),
      Stream.filter((payload) => payload === changed),
      Stream.map(() => undefined),
      // The end of a dead connection is a defect of the client's finalizer.
      Stream.catchAllCause(() => Stream.fromEffect(Effect.sleep(listenAgainAfter))),
      Stream.forever,
    ),
  }
})
