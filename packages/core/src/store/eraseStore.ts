import { SqlClient } from "@effect/sql"
import { Effect, type Redacted } from "effect"
import * as PostgresClient from "./PostgresClient.ts"
import { StoreError } from "./StoreError.ts"

/** Every table, in an order that respects references. */
const tables = [
  "feature_month",
  "measure",
  "latest",
  "presence",
  "device",
  "token",
  "sync_cursor",
  "sync_request",
  "doubt",
  "subscription",
  "delivery",
  "trouble",
  "sign_in",
  "left_out",
  "held_state",
  "claim",
  "moment",
  "announced",
  "lease",
  "request_budget",
  "consumer",
  "revision",
  "household",
  "person",
  "effect_sql_migrations",
] as const

const dropTables = (sql: SqlClient.SqlClient) =>
  sql.withTransaction(
    Effect.zipRight(
      Effect.forEach(tables, (table) => sql`DROP TABLE IF EXISTS ${sql(table)}`, { discard: true }),
      sql`DROP FUNCTION IF EXISTS forget_feature_months()`,
    ),
  )

/** Drops the tables of a store on a server, and nothing else in that database. */
export const eraseServerStore = (url: Redacted.Redacted): Effect.Effect<void, StoreError> =>
  Effect.flatMap(SqlClient.SqlClient, dropTables).pipe(
    Effect.provide(PostgresClient.layer(url)),
    Effect.mapError((cause) => new StoreError({ operation: "be erased", cause })),
  )
