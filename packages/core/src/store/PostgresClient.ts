import { SqlClient, type SqlError } from "@effect/sql"
import type { PgClient } from "@effect/sql-pg/PgClient"
import { Context, Effect, Layer, type Redacted } from "effect"
import type { TypeFormat, TypeId } from "pg-types"
import type { GroupId, Measure } from "../measure/Measure.ts"
import type { Dialect } from "./Dialect.ts"
import { keyOf, withoutTwins } from "./measureRow.ts"
import { columns, onConflict, type PageColumns, toRow } from "./upsert.ts"

/** Enough that a waiting sync does not block the readers of charts. */
const connections = 8

/** Its packages are loaded only here, so that homes with a file do not pay for them. */
export const layer = (
  url: Redacted.Redacted,
): Layer.Layer<PgClient | SqlClient.SqlClient, SqlError.SqlError> =>
  Layer.unwrapEffect(
    Effect.promise(async () => {
      const postgres = await import("@effect/sql-pg/PgClient")
      const { builtins, getTypeParser } = await import("pg-types")
      const types = {
        getTypeParser: (type: TypeId, format?: TypeFormat) =>
          type === builtins.INT8 && format !== "binary" ? wholeNumber : getTypeParser(type, format),
      }
      const client = postgres.layer({
        url,
        types,
        maxConnections: connections,
        applicationName: "withings-bridge",
      })
      return Layer.tap(client, (made) =>
        Effect.sync(() => {
          const sql = Context.get(made, SqlClient.SqlClient)
          Object.assign(sql, { dialect: dialectOn(sql) })
        }),
      )
    }),
  )

/** A BIGINT: a number, as with SQLite. Only ids of the hub's cluster do not fit into one. */
const wholeNumber = (text: string): number | string =>
  Number.isSafeInteger(Number(text)) ? Number(text) : text

const dialectOn = (sql: SqlClient.SqlClient): Dialect => ({
  // The server's clock, because those of several machines differ.
  now: Effect.succeed(sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`),
  forUpdate: sql`FOR UPDATE`,
  forShare: sql`FOR SHARE`,
  alongIndex: () => sql``,
  withoutRowid: "",
  monthTriggers,
  upsert: (page, measures) => upsert(sql, page, withoutTwins(measures)),
  // "Data exception", a missing value and a failed check; not a missing person or a full disk.
  refusesValue: (cause) =>
    "code" in cause && typeof cause.code === "string" && /^(22...|23502|23514)$/.test(cause.code),
  reader: sql,
})

/** One trigger per statement. The lock on the person excludes `MonthKeeper`, but no other writer, until the transaction ends. */
const monthTriggers = (longest: number) => [
  `CREATE FUNCTION forget_feature_months() RETURNS trigger AS $$
    BEGIN
      -- Most statements look for something to change and find nothing.
      IF NOT EXISTS (SELECT 1 FROM changed) THEN RETURN NULL; END IF;
      PERFORM 1 FROM person WHERE id IN (SELECT person_id FROM changed) FOR KEY SHARE;
      DELETE FROM feature_month USING (SELECT DISTINCT person_id, kind, at FROM changed) AS gone
      WHERE feature_month.person_id = gone.person_id AND feature_month.kind = gone.kind
        AND begins BETWEEN gone.at - ${longest} AND gone.at AND ends > gone.at;
      RETURN NULL;
    END $$ LANGUAGE plpgsql`,
  ...[
    ["insert", "INSERT", "NEW"],
    ["update_old", "UPDATE", "OLD"],
    ["update_new", "UPDATE", "NEW"],
    ["delete", "DELETE", "OLD"],
  ].map(
    ([name, event, rows]) => `CREATE TRIGGER feature_month_${name} AFTER ${event} ON measure
      REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_feature_months()`,
  ),
]

type Key = { readonly grp: GroupId; readonly kind: Measure["kind"]; readonly position: number }

/** The page is one JSON parameter: one round trip, and one prepared statement for pages of every length. It must not contain a row twice. */
const upsert = (
  sql: SqlClient.SqlClient,
  page: PageColumns,
  unique: ReadonlyMap<string, Measure>,
): Effect.Effect<ReadonlyArray<Measure>, SqlError.SqlError> => {
  const json = JSON.stringify(Array.from(unique.values(), (one) => toRow(page, one)))
  return Effect.map(
    sql<Key>`
      INSERT INTO measure (${sql.literal(columns)})
      SELECT value->>0, value->>1, value->>2, value->>3, CAST(value->>4 AS BIGINT), CAST(value->>5 AS BIGINT),
        CAST(value->>6 AS DOUBLE PRECISION), value->>7, value->>8, CAST(value->>9 AS BIGINT),
        CAST(value->>10 AS BIGINT), CAST(value->>11 AS BIGINT), 0
      FROM jsonb_array_elements(${json}::jsonb) AS page(value) ${sql.literal(onConflict)}
      RETURNING grp, kind, position`,
    (rows) =>
      rows.length === unique.size
        ? [...unique.values()]
        : rows.flatMap(
            (row) => unique.get(keyOf({ group: row.grp, kind: row.kind, position: row.position })) ?? [],
          ),
  )
}
