import type { HttpServerError, SocketServer } from "@effect/platform"
import type { SqlError } from "@effect/sql"
import type { MigrationError } from "@effect/sql/Migrator"
import type { ConfigError, StoreError } from "@withings-bridge/core"
import { layerSharedCore, receivesWebhooks } from "@withings-bridge/core/hub"
import { Layer, Redacted } from "effect"
import { layerDispatch, Wake } from "./cluster/dispatch.ts"
import { layerCluster } from "./cluster/layerCluster.ts"
import { layerPerson } from "./cluster/Person.ts"
import { Counters } from "./Counters.ts"
import { layerHeartbeat } from "./heartbeat.ts"
import { HouseholdCores } from "./HouseholdCores.ts"
import { Households } from "./Households.ts"
import { Hub, type HubConfig } from "./HubConfig.ts"
import { layerHttp } from "./http/layerHttp.ts"
import { migrateHub } from "./store/hubTables.ts"
import { layerUpkeep } from "./upkeep.ts"

type Budget = Parameters<typeof layerSharedCore>[1]

/** What a core of the hub shares with the others, and the key that seals everyone's tokens. */
const layerShared = (config: HubConfig, budget: Budget) =>
  layerSharedCore(
    {
      home: config.home,
      clientId: "",
      clientSecret: Redacted.make(""),
      callbackUrl: "",
      profiles: [],
      accountUrl: config.accountUrl,
      apiUrl: config.apiUrl,
      pollEvery: 300,
      webhook: null,
      store: config.store,
    },
    budget,
  )

type Failure =
  | ConfigError
  | StoreError
  | MigrationError
  | SqlError.SqlError
  | HttpServerError.ServeError
  | SocketServer.SocketServerError

/** One runner of the hub. Start as many as there are machines, on one PostgreSQL. */
export const layerRunner = (config: HubConfig, budget?: Budget): Layer.Layer<never, Failure> =>
  Layer.mergeAll(
    layerHttp(config),
    layerDispatch,
    layerUpkeep,
    layerHeartbeat,
    Layer.scopedDiscard(receivesWebhooks),
  ).pipe(
    Layer.provide(Wake.layer),
    Layer.provideMerge(layerPerson),
    Layer.provide(layerCluster(config)),
    Layer.provide(HouseholdCores.layer),
    Layer.provide(Households.layer),
    Layer.provide(Layer.mergeAll(Hub.layer(config), Counters.layer)),
    Layer.provide(Layer.effectDiscard(migrateHub)),
    Layer.provide(layerShared(config, budget)),
  )
