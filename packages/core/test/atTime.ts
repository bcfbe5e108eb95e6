import { Clock, Effect } from "effect"

/** What happens at a time, epoch seconds; nothing that waits is woken by it, however far the time is. */
export const atTime = (seconds: number) => {
  const millis = Effect.succeed(seconds * 1000)
  return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withClock(effect, Object.assign(Clock.make(), { currentTimeMillis: millis }))
}
