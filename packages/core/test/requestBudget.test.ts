import { assert, it } from "@effect/vitest"
import { Effect, Layer, TestClock } from "effect"
import { RequestBudget } from "../src/withings/client/RequestBudget.ts"
import { onEveryStore } from "./postgres.ts"

const minute = 60_000

await onEveryStore((store) => {
  it.effect("a pause that Withings asked for ends by the clock of the one who waits", () =>
    Effect.gen(function* () {
      const budget = yield* RequestBudget
      // On a server's store, another machine's may be ahead.
      if (store.kind === "PostgreSQL") yield* TestClock.setTime(15 * minute)
      yield* budget.pause("c")
      const now = store.kind === "PostgreSQL" ? 0 : 10_000
      yield* TestClock.setTime(now)
      const refused = yield* Effect.flip(budget.spend("c", "getmeas"))
      const { _tag, retryAt } = refused._tag === "TooManyRequests" ? refused : assert.fail(refused.message)
      assert.strictEqual(_tag, "TooManyRequests")
      assert.isAbove(retryAt, now / 1000)
      assert.isAtMost(retryAt, now / 1000 + 90)
    }).pipe(Effect.provide(Layer.provide(RequestBudget.layer, store.layer))),
  )
})
