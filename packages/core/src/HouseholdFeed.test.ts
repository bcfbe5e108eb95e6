import { assert, it } from "@effect/vitest"
import { Chunk, Effect, Layer, Stream } from "effect"
import { onEveryStore } from "../test/postgres.ts"
import { configFor } from "../test/withingsLayer.ts"
import { BridgeConfig } from "./BridgeConfig.ts"
import { HouseholdFeed } from "./HouseholdFeed.ts"
import { ChangeFeed } from "./store/ChangeFeed.ts"
import { HouseholdStore } from "./store/HouseholdStore.ts"
import { LeftOut } from "./store/LeftOut.ts"
import { MeasureStore } from "./store/MeasureStore.ts"

const commit = Effect.flatMap(ChangeFeed, (feed) =>
  feed.commit((revision) => Effect.succeed({ value: revision, changed: true })),
)

await onEveryStore(({ layer }) => {
  const feed = HouseholdFeed.layer.pipe(
    Layer.provide(Layer.mergeAll(HouseholdStore.layer, LeftOut.layer, MeasureStore.layer)),
    Layer.provide(BridgeConfig.layer(configFor("http://127.0.0.1"))),
    Layer.provideMerge(layer),
  )

  it.effect(
    "continues at the revision that a home has from another process, before this one has heard of it",
    () =>
      Effect.gen(function* () {
        const { changes } = yield* HouseholdFeed
        const reached = yield* Effect.provide(commit, Layer.fresh(ChangeFeed.layerMemory))
        const [first] = Chunk.toReadonlyArray(yield* Stream.runCollect(Stream.take(changes(reached), 1)))
        assert.strictEqual(first?.household.revision, reached)
      }).pipe(Effect.provide(feed)),
  )
})
