import { Clock, Effect } from "effect"
import type { Measure } from "../../measure/Measure.ts"
import { webhooksTake } from "../intervals.ts"

/** Notes what a poll found that is so old that a webhook should have told of it. */
export const lostWebhooks = Effect.map(Clock.currentTimeMillis, (now) => {
  const late = Math.floor(now / 1000) - webhooksTake
  let found = false
  return {
    note: (changed: ReadonlyArray<Measure>) => {
      found ||= changed.some(({ modified }) => modified < late)
    },
    any: () => found,
  }
})
