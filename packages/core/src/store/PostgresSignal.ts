import type { PgClient } from "@effect/sql-pg/PgClient"
import { Data, Duration, Effect, Layer, Queue, Schedule, Stream } from "effect"
import { Signal } from "./Signal.ts"

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
  }),
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
