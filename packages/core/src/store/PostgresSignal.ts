import type { PgClient } from "@effect/sql-pg/PgClient"
import { Data, Duration, Effect, Layer, Queue, Schedule, Stream } from "effect"
import { Signal } from "./Signal.ts"

const channel = "withings_bridge"
/** Payload that tests the connection. Any other payload is the id of a changed household. */
const test = "look"
const testEvery = Duration.seconds(5)
/** Frequent at first: the first one heard triggers a read of everything committed before this process listened. */
const tests = Schedule.union(Schedule.exponential("50 millis"), Schedule.spaced(testEvery))
const deafAfter = Duration.times(testEvery, 2)
const listenAgainAfter = Duration.seconds(1)

class Deaf extends Data.TaggedError("Deaf") {}

/**
 * LISTEN and NOTIFY, on one connection for all households of this process. A lost listening connection gives no error, so
 * it is tested by notifications, and replaced when none arrives; then every household is woken.
 */
export const layer: Layer.Layer<Signal, never, PgClient> = Layer.scoped(
  Signal,
  Effect.gen(function* () {
    const postgres = yield* Effect.promise(() => import("@effect/sql-pg/PgClient"))
    const sql = yield* postgres.PgClient
    const bells = new Map<string, Set<Queue.Enqueue<void>>>()
    const ring = (queues: Iterable<Queue.Enqueue<void>>) =>
      Effect.sync(() => {
        for (const queue of queues) queue.unsafeOffer(undefined)
      })
    const ringAll = Effect.suspend(() => ring([...bells.values()].flatMap((queues) => [...queues])))
    // NOTIFY takes no parameters, and the client ignores an empty payload.
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
  }),
)

const hearing = (bells: Map<string, Set<Queue.Enqueue<void>>>, household: string): Stream.Stream<void> =>
  Stream.unwrapScoped(
    Effect.acquireRelease(
      // Read once now: earlier commits were not heard.
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
