import { Effect, Schedule, type Duration } from "effect"

/** Repeats `look` until its result satisfies, and returns that result. */
export const lookUntil = <A, E, R>(
  look: Effect.Effect<A, E, R>,
  satisfies: (seen: A) => boolean,
  every: Duration.DurationInput,
): Effect.Effect<A, E, R> =>
  Effect.repeat(
    look,
    Schedule.addDelay(Schedule.recurUntil(satisfies), () => every),
  )
