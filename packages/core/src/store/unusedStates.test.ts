import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { configFor } from "../../test/withingsLayer.ts"
import { BridgeConfig } from "../BridgeConfig.ts"
import { HeldStates } from "./HeldStates.ts"
import { layerStore } from "./Database.ts"

const begin = 1_795_248_000
const day = 86_400
const so = { value: true, since: 1, otherwiseSince: null }

await onEveryStore((store) => {
  describe("the states of rules and beds", () => {
    it.scopedLive("are forgotten when no process has had a use for them in 30 days", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", yield* store.newStore)
        const needs = Layer.merge(layerStore(config), BridgeConfig.layer(config))
        const work = Effect.gen(function* () {
          const [one, other] = [
            yield* HeldStates,
            yield* Effect.provide(HeldStates, Layer.fresh(HeldStates.layer)),
          ]
          const keys = Effect.map(one.all, (all) => [...all.keys()].toSorted())
          const all = new Map(["kept", "of the other", "deleted"].map((key) => [key, so]))
          yield* atTime(begin)(one.keep(new Map(), all))
          for (let passed = 1; passed < 30; passed++) {
            yield* atTime(begin + passed * day)(one.inUse(["kept"]))
            yield* atTime(begin + passed * day)(other.inUse(["of the other"]))
          }
          assert.deepStrictEqual(yield* keys, ["deleted", "kept", "of the other"])
          // The other process is off from here on, but not for long enough.
          yield* atTime(begin + 31 * day)(one.inUse(["kept"]))
          assert.deepStrictEqual(yield* keys, ["kept", "of the other"])
          // A clock that was set back deletes nothing.
          yield* atTime(begin - 9 * day)(one.inUse(["kept"]))
          assert.deepStrictEqual(yield* keys, ["kept", "of the other"])
        })
        yield* work.pipe(Effect.provide(HeldStates.layer), Effect.provide(Layer.fresh(needs)))
      }),
    )
  })
})
