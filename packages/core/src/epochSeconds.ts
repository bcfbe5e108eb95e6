import { Clock, Effect } from "effect"

/** Now, in whole epoch seconds, by the clock that tests can set. */
export const epochSeconds: Effect.Effect<number> = Effect.map(Clock.currentTimeMillis, (now) =>
  Math.floor(now / 1000),
)
