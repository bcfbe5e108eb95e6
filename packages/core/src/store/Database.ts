import { Migrator, SqlClient, SqlError } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg/PgClient"
import { Duration, Effect, Layer, type Redacted, Schedule } from "effect"
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs"
import { dirname, join } from "node:path"
import type { BridgeConfig } from "../BridgeConfig.ts"
import { shareWithGroup } from "../HomeFolder.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { migrations } from "./migrations/migrations.ts"
import * as PostgresClient from "./PostgresClient.ts"
import * as PostgresSignal from "./PostgresSignal.ts"
import * as SqliteClient from "./SqliteClient.ts"
import { isBusy } from "./sqliteDatabase.ts"
import { StoreError } from "./StoreError.ts"

/** Several processes may start at once: each migration runs in a transaction that locks the others out. */
const migrate = Migrator.make({})({ loader: Migrator.fromRecord(migrations) })

/** A store in a newer format would be misread, or damaged by writes. */
const refuseNewer = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ newest: number }>`SELECT MAX(migration_id) AS newest FROM effect_sql_migrations`
  const known = Math.max(...Object.keys(migrations).map((name) => Number.parseInt(name, 10)))
  if ((row?.newest ?? 0) > known)
    return yield* new StoreError({
      operation: "be opened",
      cause:
        `a newer version of this program wrote it (format ${row?.newest}, this version reads up to ${known}). ` +
        "Update every app that uses this store, or restore a backup from before the update.",
    })
})

const migrated = Layer.effectDiscard(Effect.zipRight(migrate, refuseNewer))

const ready = <A, E>(
  client: Layer.Layer<A | SqlClient.SqlClient, E>,
): Layer.Layer<A | SqlClient.SqlClient, StoreError> =>
  Layer.provideMerge(migrated, client).pipe(
    Layer.catchAll((cause) =>
      Layer.fail(
        cause instanceof StoreError
          ? cause
          : new StoreError({ operation: "be opened or brought up to date", cause }),
      ),
    ),
  )

/** SQLite creates a file that every user may read, and gives its log the same mode. Restrict it to the owner and the folder's group. */
const makePrivate = (path: string) => {
  // Never open an existing one: closing it would release the locks that SQLite holds on it in this process.
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600))
  shareWithGroup(path)
}

/** SQLite gives these files the mode of the store, but the group of the process that opens it first. */
const shareLog = (path: string) =>
  Effect.sync(() => {
    for (const file of [`${path}-wal`, `${path}-shm`]) if (existsSync(file)) shareWithGroup(file)
  })

/** The store of a household in one file, created if missing, shared with the other processes of this machine. */
export const layerSqlite = (
  path: string,
  cacheKilobytes?: number,
): Layer.Layer<SqlClient.SqlClient, StoreError> =>
  Layer.unwrapEffect(
    Effect.try({
      try: () => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        makePrivate(path)
        return Layer.tap(Layer.retry(ready(SqliteClient.layer(path, cacheKilobytes)), whileLocked), () =>
          shareLog(path),
        )
      },
      catch: (cause) => new StoreError({ operation: `create the folder of ${path}`, cause }),
    }),
  )

/** A process that is suspended during a write locks the store for longer than one attempt waits (ten seconds). */
const whileLocked = Schedule.recurs(5).pipe(
  Schedule.whileInput(({ cause }: StoreError) => cause instanceof SqlError.SqlError && isBusy(cause)),
)

/** Of several processes that create the first table at once, one succeeds. The others retry. */
const raced = Schedule.intersect(Schedule.spaced(Duration.millis(200)), Schedule.recurs(10))

/** The store of households on a PostgreSQL server, for processes on several machines. */
export const layerPostgres = (
  url: Redacted.Redacted,
): Layer.Layer<PgClient | SqlClient.SqlClient, StoreError> =>
  Layer.retry(ready(PostgresClient.layer(url)), raced)

/** The store, and the signal between its processes: on a server if one is configured, else in the home folder. */
export const layerStore = ({
  home,
  store,
  storeCacheKilobytes,
}: Pick<BridgeConfig, "home" | "store" | "storeCacheKilobytes">): Layer.Layer<
  SqlClient.SqlClient | ChangeFeed,
  StoreError
> =>
  store === undefined
    ? Layer.provideMerge(
        ChangeFeed.layerFolder(home),
        layerSqlite(join(home, "bridge.db"), storeCacheKilobytes),
      )
    : ChangeFeed.layer.pipe(Layer.provide(PostgresSignal.layer), Layer.provideMerge(layerPostgres(store)))

/** For tests: a store that ends with its scope. */
export const layerMemory: Layer.Layer<SqlClient.SqlClient, StoreError> = ready(SqliteClient.layer(":memory:"))
