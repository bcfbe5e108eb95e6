import { Effect, Layer } from "effect"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import { History } from "../src/store/History.ts"
import { DueWork } from "../src/store/DueWork.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { layerStore } from "../src/store/Database.ts"
import { Lease } from "../src/store/Lease.ts"
import { LeftOut } from "../src/store/LeftOut.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { Subscriptions } from "../src/store/Subscriptions.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { DeviceList } from "../src/sync/DeviceList.ts"
import * as Notifications from "../src/sync/Notifications.ts"
import { RelayedWebhooks } from "../src/sync/RelayedWebhooks.ts"
import * as SyncEngine from "../src/sync/SyncEngine.ts"
import { SkippedLog } from "../src/sync/step/skippedLog.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { Troubles } from "../src/trouble/Troubles.ts"
import { layerHttpClient } from "../src/withings/client/httpClient.ts"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { RequestBudget } from "../src/withings/client/RequestBudget.ts"
import { SignIn } from "../src/withings/account/SignIn.ts"
import { TokenSeal } from "../src/withings/account/TokenSeal.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { WithingsHttp } from "../src/withings/client/WithingsHttp.ts"
import { WithingsOAuth } from "../src/withings/account/WithingsOAuth.ts"

/** Allows any number of requests, so that only the bridge itself takes time. */
export const unlimited = Layer.succeed(RequestBudget, {
  spend: () => Effect.void,
  pause: () => Effect.succeed(0),
})

const withings = (budget: Layer.Layer<RequestBudget>) =>
  Layer.provideMerge(SignIn.layer, WithingsApi.layer).pipe(
    Layer.provideMerge(AccessToken.layer),
    Layer.provide(WithingsOAuth.layer),
    Layer.provide(WithingsHttp.layer),
    Layer.provide(budget),
    Layer.provide(TokenStore.layer),
    Layer.provide(TokenSeal.layer),
    Layer.provide(PersonStore.layer),
  )

/** The whole bridge without webhooks and without a limit of requests. */
export const unhurriedBridge = (config: BridgeConfig) =>
  Layer.provideMerge(SyncEngine.layer, unhurriedServices(config))

/** The same with webhooks. */
export const unhurriedHearingBridge = (config: BridgeConfig) =>
  Layer.mergeAll(SyncEngine.layer, Notifications.layer).pipe(
    Layer.provide(layerHttpClient),
    Layer.provide(RelayedWebhooks.layer),
    Layer.provideMerge(unhurriedServices(config)),
  )

/** The same without its engine. */
export const unhurriedServices = (config: BridgeConfig, budget = unlimited, store = layerStore(config)) =>
  Layer.mergeAll(HouseholdFeed.layer, SyncStatus.layer, History.layer, SkippedLog.layer, Troubles.layer).pipe(
    Layer.provideMerge(DeviceList.layer),
    Layer.provideMerge(
      Layer.mergeAll(
        MeasureStore.layer,
        HouseholdStore.layer,
        DueWork.layer,
        LeftOut.layer,
        Subscriptions.layer,
        SyncCursor.layer,
        withings(budget),
      ),
    ),
    Layer.provideMerge(Lease.layer),
    Layer.provideMerge(store),
    Layer.provideMerge(BridgeConfig.layer(config)),
  )
