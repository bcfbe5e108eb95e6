import type { SqlClient } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg/PgClient"
import { Context, Effect, Layer, Scope } from "effect"
import { type Bridge, householdServices, type Shared } from "../Bridge.ts"
import { BridgeConfig } from "../BridgeConfig.ts"
import type { ConfigError } from "../config/ConfigError.ts"
import * as HouseholdKeeper from "../HouseholdKeeper.ts"
import { PersonRemoval } from "../PersonRemoval.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { layerPostgres } from "../store/Database.ts"
import { HouseholdId } from "../store/HouseholdId.ts"
import type { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease } from "../store/Lease.ts"
import * as PostgresSignal from "../store/PostgresSignal.ts"
import type { Signal } from "../store/Signal.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import type { TurnNeeds } from "../sync/leadPerson.ts"
import type { DeviceList } from "../sync/DeviceList.ts"
import { RequestBudget } from "../withings/client/RequestBudget.ts"
import type { WithingsApi } from "../withings/client/WithingsApi.ts"
import { TokenSeal } from "../withings/account/TokenSeal.ts"

/** What the cores of all households in a process share: store, leases, budgets, key. */
export type SharedCore = Shared | Signal | PgClient

export const layerSharedCore = (
  config: BridgeConfig & { readonly store: NonNullable<BridgeConfig["store"]> },
  budget: Layer.Layer<RequestBudget, never, SqlClient.SqlClient> = RequestBudget.layer,
): Layer.Layer<SharedCore, StoreError | ConfigError> =>
  Layer.mergeAll(Lease.layer, budget, TokenSeal.layer, PostgresSignal.layer).pipe(
    Layer.provideMerge(layerPostgres(config.store)),
    Layer.provide(BridgeConfig.layer(config)),
  )

/** The core of one household. */
export type HouseholdCore =
  | Bridge
  | TurnNeeds
  | DeviceList
  | HouseholdStore
  | Subscriptions
  | WithingsApi
  | ChangeFeed
  | SqlClient.SqlClient

/** Does not sync by itself: see `turnOf`. */
export const layerHouseholdCore = (
  household: string,
  config: BridgeConfig,
): Layer.Layer<HouseholdCore, StoreError, SharedCore> => {
  const services = Layer.mergeAll(HouseholdKeeper.layer, PersonRemoval.layerResume).pipe(
    Layer.provideMerge(householdServices(config)),
    Layer.provideMerge(ChangeFeed.layer),
    Layer.provide(Layer.succeed(HouseholdId, household)),
  )
  const shared = Layer.effectContext(Effect.map(Effect.context<SharedCore>(), Context.omit(Scope.Scope)))
  return Layer.provideMerge(services, shared)
}
