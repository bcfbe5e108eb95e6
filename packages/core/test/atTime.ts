import { Clock, Effect } from "effect"

/** Runs an effect as if it were this time, epoch seconds. Sleeping effects do not wake. */
export const atTime = (seconds: number) => {
  const millis = Effect.succeed(seconds * 1000)
  return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withClock(effect, Object.assign(Clock.make(), { currentTimeMillis: millis }))
}
