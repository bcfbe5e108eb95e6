import { Clock, Context, Effect, Layer, Ref } from "effect"
import type { HouseholdStore } from "../store/HouseholdStore.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import type { SyncCursor } from "../store/SyncCursor.ts"
import { toNotification } from "../withings/decode/toNotification.ts"
import { actOn } from "./actOn.ts"
import type { DeviceList } from "./DeviceList.ts"

/** "refused": Withings does not take the address, and measures come by polling alone. */
export type RelayStanding = "unknown" | "subscribed" | "refused"

/** Webhooks that someone else receives and hands on, because no address of ours can be reached from outside. */
export class RelayedWebhooks extends Context.Tag("@withings-bridge/core/sync/RelayedWebhooks")<
  RelayedWebhooks,
  {
    /** Takes the form that was posted, urlencoded as Withings sends it. What is of no use is dropped: polls bring it. */
    readonly receive: (form: string) => Effect.Effect<void>
    /** How Withings took the address that {@link BridgeConfig} gives. */
    readonly standing: Ref.Ref<RelayStanding>
  }
>() {
  static readonly layer: Layer.Layer<
    RelayedWebhooks,
    never,
    DeviceList | HouseholdStore | Subscriptions | SyncCursor
  > = Layer.effect(
    RelayedWebhooks,
    Effect.gen(function* () {
      const stores = yield* Effect.context<DeviceList | HouseholdStore | Subscriptions | SyncCursor>()
      return {
        receive: (form) => {
          const fields = Object.fromEntries(new URLSearchParams(form))
          return Effect.flatMap(Clock.currentTimeMillis, (now) => {
            const notification = toNotification(fields, Math.floor(now / 1000))
            return notification === null ? Effect.void : Effect.provide(actOn(notification), stores)
          })
        },
        standing: yield* Ref.make<RelayStanding>("unknown"),
      }
    }),
  )
}
