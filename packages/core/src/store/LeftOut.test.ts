import { assert, it } from "@effect/vitest"
import { Effect, Layer, SubscriptionRef } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { DescriptorId } from "../device/DeviceDescriptor.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { LeftOut } from "./LeftOut.ts"

await onEveryStore((store) => {
  it.live("hides a descriptor until it is added again, and commits only changes", () =>
    Effect.gen(function* () {
      const { add, ids, leaveOut } = yield* LeftOut
      const feed = yield* ChangeFeed
      const known = Effect.map(ids, (all) => [...all].toSorted())
      assert.deepStrictEqual(yield* known, [])
      yield* leaveOut(DescriptorId("scale"))
      yield* leaveOut(DescriptorId("mat"))
      const revision = yield* SubscriptionRef.get(feed.revision)
      yield* leaveOut(DescriptorId("mat"))
      yield* add(DescriptorId("nothing"))
      assert.strictEqual(yield* SubscriptionRef.get(feed.revision), revision)
      assert.deepStrictEqual(yield* known, ["mat", "scale"])
      yield* add(DescriptorId("scale"))
      assert.strictEqual(yield* SubscriptionRef.get(feed.revision), revision + 1)
      assert.deepStrictEqual(yield* known, ["mat"])
    }).pipe(Effect.provide(Layer.provideMerge(LeftOut.layer, store.layer))),
  )
})
