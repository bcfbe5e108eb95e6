import type { SqlClient } from "@effect/sql"
import { Effect, Layer } from "effect"
import { BridgeConfig, type HubAddress } from "./BridgeConfig.ts"
import type { ConfigError } from "./config/ConfigError.ts"
import { dataSource } from "./dataSource.ts"
import { EcgCurves } from "./EcgCurves.ts"
import { HouseholdFeed } from "./HouseholdFeed.ts"
import * as HouseholdKeeper from "./HouseholdKeeper.ts"
import { HouseholdRules } from "./HouseholdRules.ts"
import { PersonRemoval } from "./PersonRemoval.ts"
import { History } from "./store/History.ts"
import { DueWork } from "./store/DueWork.ts"
import { HouseholdStore } from "./store/HouseholdStore.ts"
import { RulePreview } from "./store/RulePreview.ts"
import { layerStore } from "./store/Database.ts"
import { Lease } from "./store/Lease.ts"
import { LeftOut } from "./store/LeftOut.ts"
import { MeasureStore } from "./store/MeasureStore.ts"
import type { StoreError } from "./store/StoreError.ts"
import { Subscriptions } from "./store/Subscriptions.ts"
import { Weighings, WeightRanges } from "./store/Weighings.ts"
import { SyncCursor } from "./store/SyncCursor.ts"
import { DeviceList } from "./sync/DeviceList.ts"
import * as Notifications from "./sync/Notifications.ts"
import { RelayedWebhooks } from "./sync/RelayedWebhooks.ts"
import * as SyncEngine from "./sync/SyncEngine.ts"
import { SkippedLog } from "./sync/step/skippedLog.ts"
import { SyncStatus } from "./sync/SyncStatus.ts"
import { layerExport, layerGauges } from "./telemetry/layerTelemetry.ts"
import { Troubles } from "./trouble/Troubles.ts"
import { RequestBudget } from "./withings/client/RequestBudget.ts"
import { layerHttpClient } from "./withings/client/httpClient.ts"
import { HomeKey } from "./withings/account/HomeKey.ts"
import { layerWithings } from "./withings/layer.ts"
import type { SignIn } from "./withings/account/SignIn.ts"
import { TokenSeal } from "./withings/account/TokenSeal.ts"

/** The core services an app can use. */
export type Bridge =
  | EcgCurves
  | HouseholdRules
  | RulePreview
  | Weighings
  | HouseholdFeed
  | LeftOut
  | SignIn
  | SyncStatus
  | History
  | RelayedWebhooks
  | PersonRemoval
  | Troubles
  | HomeKey

/** The whole core, for as long as its scope is open. */
const layer = (config: BridgeConfig): Layer.Layer<Bridge, StoreError | ConfigError> => {
  const source = dataSource(config)
  return source?.kind === "hub" ? followHub(config, source.hub) : ownLayer(config)
}

/** Loaded only where a hub is followed: other homes pay nothing for it. */
const followHub = (config: BridgeConfig, hub: HubAddress) =>
  Layer.unwrapEffect(
    Effect.map(
      Effect.promise(() => import("./hub/layerHub.ts")),
      ({ layerHub }) => layerHub(config, hub),
    ),
  )

const ownLayer = (config: BridgeConfig): Layer.Layer<Bridge, StoreError | ConfigError> =>
  Layer.mergeAll(
    SyncEngine.layer,
    Notifications.layer,
    PersonRemoval.layerResume,
    HouseholdKeeper.layer,
    layerGauges(config),
  ).pipe(
    Layer.provide(layerHttpClient),
    Layer.provideMerge(services(config)),
    Layer.provideMerge(layerExport(config)),
  )

/** For read-only commands: never syncs itself, relies on another process to do so. */
const layerFollower = (config: BridgeConfig): Layer.Layer<Bridge, StoreError | ConfigError> => {
  const source = dataSource(config)
  return source?.kind === "hub" ? followHub(config, source.hub) : services(config)
}

export const Bridge = { layer, layerFollower }

/** What a process has once, for all the households it serves. */
export type Shared = SqlClient.SqlClient | Lease | RequestBudget | TokenSeal

/** The services of one household, on top of the shared ones. */
export const householdServices = (config: BridgeConfig) =>
  Layer.mergeAll(
    HouseholdFeed.layer,
    HouseholdRules.layer,
    SyncStatus.layer,
    History.layer,
    EcgCurves.layer,
    SkippedLog.layer,
    RelayedWebhooks.layer,
    RulePreview.layer,
    Weighings.layer,
    PersonRemoval.layer,
    HomeKey.layer,
    Layer.provideMerge(HomeKey.layerTrouble, Troubles.layer),
  ).pipe(
    Layer.provideMerge(DeviceList.layer),
    Layer.provideMerge(
      Layer.mergeAll(
        MeasureStore.layer,
        HouseholdStore.layer,
        DueWork.layer,
        LeftOut.layer,
        Subscriptions.layer,
        SyncCursor.layer,
        layerWithings,
      ),
    ),
    Layer.provide(Layer.succeed(WeightRanges, config.weightRanges ?? [])),
    Layer.provideMerge(BridgeConfig.layer(config)),
  )

const services = (config: BridgeConfig) =>
  householdServices(config).pipe(
    Layer.provide(Layer.merge(RequestBudget.layer, TokenSeal.layer)),
    Layer.provideMerge(Lease.layer),
    Layer.provideMerge(layerStore(config)),
    Layer.provideMerge(BridgeConfig.layer(config)),
  )
