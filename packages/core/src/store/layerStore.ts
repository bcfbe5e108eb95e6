import type { SqlClient } from "@effect/sql"
import { Layer } from "effect"
import { join } from "node:path"
import type { BridgeConfig } from "../BridgeConfig.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import * as Database from "./Database.ts"
import type { StoreError } from "./StoreError.ts"

/** Where the household is kept, and how its processes hear of each other: on a server if one is named, else in a file. */
export const layerStore = ({
  home,
  store,
  storeCacheKilobytes,
}: BridgeConfig): Layer.Layer<SqlClient.SqlClient | ChangeFeed, StoreError> =>
  store === undefined
    ? Layer.provideMerge(
        ChangeFeed.layerFolder(home),
        Database.layerSqlite(join(home, "bridge.db"), storeCacheKilobytes),
      )
    : Layer.provideMerge(ChangeFeed.layerPostgres, Database.layerPostgres(store))
