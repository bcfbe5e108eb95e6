import { Effect, type Duration } from "effect"

/** Looks again and again until what is seen satisfies, and answers that. */
export const lookUntil = <A, E, R>(
  look: Effect.Effect<A, E, R>,
  satisfies: (seen: A) => boolean,
  every: Duration.DurationInput,
): Effect.Effect<A, E, R> =>
  Effect.flatMap(look, (seen) =>
    satisfies(seen)
      ? Effect.succeed(seen)
      : Effect.zipRight(
          Effect.sleep(every),
          Effect.suspend(() => lookUntil(look, satisfies, every)),
        ),
  )
