import { Migrator, type SqlClient } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg/PgClient"
import { Duration, Effect, Layer, type Redacted, Schedule } from "effect"
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs"
import { dirname } from "node:path"
import first from "./migrations/0001_first.ts"
import leftOut from "./migrations/0002_left_out.ts"
import troubles from "./migrations/0003_troubles.ts"
import heldState from "./migrations/0004_held_state.ts"
import * as SqliteClient from "./SqliteClient.ts"
import { StoreError } from "./StoreError.ts"

/** Several processes may start at once: each migration runs in one transaction that shuts the others out. */
const migrated = Layer.effectDiscard(
  Migrator.make({})({
    loader: Migrator.fromRecord({
      "0001_first": first,
      "0002_left_out": leftOut,
      "0003_troubles": troubles,
      "0004_held_state": heldState,
    }),
  }),
)

const ready = <A, E>(
  client: Layer.Layer<A | SqlClient.SqlClient, E>,
): Layer.Layer<A | SqlClient.SqlClient, StoreError> =>
  Layer.provideMerge(migrated, client).pipe(
    Layer.catchAll((cause) =>
      Layer.fail(new StoreError({ operation: "be opened or brought up to date", cause })),
    ),
  )

const everyone = 0o007
const groupMayWrite = 0o020

/**
 * SQLite makes a file that every user may read, and gives its log the file's mode. It is closed to all but its owner,
 * and the group where the folder is meant for one: tokens and measures are in it, also once it is copied elsewhere.
 */
const makePrivate = (path: string) => {
  const mode = (statSync(dirname(path)).mode & groupMayWrite) === 0 ? 0o600 : 0o660
  try {
    closeSync(openSync(path, "wx", mode))
    // The umask may have taken the group's rights away.
    chmodSync(path, mode)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    closeExisting(path, mode)
  }
}

/** Of an earlier version. Only the owner may change it, so another user leaves it as it is. */
const closeExisting = (path: string, mode: number) => {
  if ((statSync(path).mode & everyone) === 0 || process.getuid?.() !== statSync(path).uid) return
  chmodSync(path, mode)
}

/** The store of a household in one file, made if it is not there, shared with the other processes of this machine. */
export const layerSqlite = (
  path: string,
  cacheKilobytes?: number,
): Layer.Layer<SqlClient.SqlClient, StoreError> =>
  Layer.unwrapEffect(
    Effect.try({
      try: () => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        makePrivate(path)
        return ready(SqliteClient.layer(path, cacheKilobytes))
      },
      catch: (cause) => new StoreError({ operation: `make the folder of ${path}`, cause }),
    }),
  )

/** A waiting sync must not keep the readers of charts out. */
const connections = 8

/** Of several that make the first table at once, all but one are refused; those find it made a moment later. */
const raced = Schedule.intersect(Schedule.spaced(Duration.millis(200)), Schedule.recurs(10))

/**
 * The store of a household on a PostgreSQL server, for processes on several machines: `postgres://user:password@host/name`.
 * Its client is loaded only here, so that homes with a file do not pay for it.
 */
export const layerPostgres = (
  url: Redacted.Redacted,
): Layer.Layer<PgClient | SqlClient.SqlClient, StoreError> =>
  Layer.unwrapEffect(
    Effect.map(
      Effect.promise(() => import("@effect/sql-pg/PgClient")),
      (postgres) =>
        Layer.retry(
          ready(postgres.layer({ url, maxConnections: connections, applicationName: "withings-bridge" })),
          raced,
        ),
    ),
  )

/** A store that is gone with its scope: for tests. */
export const layerMemory: Layer.Layer<SqlClient.SqlClient, StoreError> = ready(SqliteClient.layer(":memory:"))
