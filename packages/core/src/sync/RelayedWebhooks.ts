import { Context, Effect, Layer, Ref } from "effect"
import type { HouseholdStore } from "../store/HouseholdStore.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import type { SyncCursor } from "../store/SyncCursor.ts"
import { actOn, readWebhook } from "./actOn.ts"
import type { DeviceList } from "./DeviceList.ts"

/** "refused": Withings does not accept the address, and measures are only polled. */
export type RelayStanding = "unknown" | "subscribed" | "refused"

/** Webhooks that an app receives elsewhere and hands in, for homes without a public address. */
export class RelayedWebhooks extends Context.Tag("@withings-bridge/core/sync/RelayedWebhooks")<
  RelayedWebhooks,
  {
    /** Takes the posted form, urlencoded as Withings sends it. Useless ones are dropped. */
    readonly receive: (form: string) => Effect.Effect<void>
    /** Whether Withings accepts the address of {@link BridgeConfig}. */
    readonly standing: Ref.Ref<RelayStanding>
  }
>() {
  static readonly layer = Layer.effect(
    RelayedWebhooks,
    Effect.gen(function* () {
      const stores = yield* Effect.context<DeviceList | HouseholdStore | Subscriptions | SyncCursor>()
      return {
        receive: (form) =>
          Effect.flatMap(readWebhook(form), (notification) =>
            notification === null ? Effect.void : Effect.provide(actOn(notification), stores),
          ),
        standing: yield* Ref.make<RelayStanding>("unknown"),
      }
    }),
  )
}
