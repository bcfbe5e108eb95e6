import type { HttpServerError, SocketServer } from "@effect/platform"
import type { SqlError } from "@effect/sql"
import type { MigrationError } from "@effect/sql/Migrator"
import type { ConfigError, StoreError } from "@withings-bridge/core"
import { layerSharedCore, receivesWebhooks } from "@withings-bridge/core/hub"
import { Layer } from "effect"
import { layerDispatch, Wake } from "./cluster/dispatch.ts"
import { layerCluster } from "./cluster/layerCluster.ts"
import { layerPerson } from "./cluster/Person.ts"
import { layerHeartbeat } from "./heartbeat.ts"
import { HouseholdCores } from "./HouseholdCores.ts"
import { configWithoutApplication, Hub, type HubConfig } from "./HubConfig.ts"
import { layerHttp } from "./http/layerHttp.ts"
import { migrateHub } from "./store/hubTables.ts"
import { layerUpkeep } from "./upkeep.ts"

type Budget = Parameters<typeof layerSharedCore>[1]

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
    Layer.provide(Hub.layer(config)),
    Layer.provide(Layer.effectDiscard(migrateHub)),
    Layer.provide(layerSharedCore({ ...configWithoutApplication(config), store: config.store }, budget)),
  )
