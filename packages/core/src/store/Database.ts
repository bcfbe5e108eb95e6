import { Migrator, type SqlClient } from "@effect/sql"
import { Effect, Layer } from "effect"
import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import first from "./migrations/0001_first.ts"
import * as SqliteClient from "./SqliteClient.ts"
import { StoreError } from "./StoreError.ts"

/** Several processes may start at once: each migration runs in one transaction that shuts the others out. */
const migrated = Layer.effectDiscard(
  Migrator.make({})({ loader: Migrator.fromRecord({ "0001_first": first }) }),
)

const ready = <E>(
  client: Layer.Layer<SqlClient.SqlClient, E>,
): Layer.Layer<SqlClient.SqlClient, StoreError> =>
  Layer.provideMerge(migrated, client).pipe(
    Layer.catchAll((cause) =>
      Layer.fail(new StoreError({ operation: "be opened or brought up to date", cause })),
    ),
  )

/** The store of a household in one file, made if it is not there, shared with the other processes of this machine. */
export const layerSqlite = (
  path: string,
  cacheKilobytes?: number,
): Layer.Layer<SqlClient.SqlClient, StoreError> =>
  Layer.unwrapEffect(
    Effect.try({
      try: () => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        return ready(SqliteClient.layer(path, cacheKilobytes))
      },
      catch: (cause) => new StoreError({ operation: `make the folder of ${path}`, cause }),
    }),
  )

/** A store that is gone with its scope: for tests. */
export const layerMemory: Layer.Layer<SqlClient.SqlClient, StoreError> = ready(SqliteClient.layer(":memory:"))
