import { Context, Effect, Layer } from "effect"

export type Counted =
  | "turns"
  | "failed_turns"
  | "webhooks"
  | "failed_webhooks"
  | "sign_ins"
  | "questions"
  | "dispatched"

/** What this runner did since it started. */
export class Counters extends Context.Tag("withings-hub/Counters")<
  Counters,
  {
    readonly count: (what: Counted) => Effect.Effect<void>
    readonly all: Effect.Effect<ReadonlyMap<Counted, number>>
  }
>() {
  static readonly layer: Layer.Layer<Counters> = Layer.sync(Counters, () => {
    const counts = new Map<Counted, number>()
    return Counters.of({
      count: (what) => Effect.sync(() => void counts.set(what, (counts.get(what) ?? 0) + 1)),
      all: Effect.sync(() => counts),
    })
  })
}
