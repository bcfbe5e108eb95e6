import type { Household, MeasuredEvent, StoreError } from "@withings-bridge/core"
import { Context, Effect, Layer } from "effect"
import { household } from "../askCore.ts"
import type { BridgeHost } from "../BridgeHost.ts"
import type { CreatedFeatures } from "./CreatedFeatures.ts"
import { publish } from "./publish.ts"
import type { Settings } from "./Settings.ts"
import type { StateSender } from "./StateSender.ts"
import type { SentLedger } from "./SentLedger.ts"

/** Brings the values of the created devices to Gladys, one household at a time. */
export class Publisher extends Context.Tag("withings-gladys/integration/Publisher")<
  Publisher,
  {
    /** Sends what changed since the last time. Returns when Gladys has it. */
    readonly publish: (
      household: Household,
      measured: ReadonlyArray<MeasuredEvent>,
    ) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    Publisher,
    Effect.gen(function* () {
      const needs = yield* Effect.context<
        BridgeHost | CreatedFeatures | Settings | StateSender | SentLedger
      >()
      const oneAtATime = yield* Effect.makeSemaphore(1)
      return {
        publish: (household, measured) =>
          publish(household, measured).pipe(oneAtATime.withPermits(1), Effect.provide(needs)),
      }
    }),
  )
}

export const publishCurrent = Effect.flatMap(household, (now) =>
  Effect.flatMap(Publisher, (publisher) => publisher.publish(now, [])),
)
