import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { Revision } from "../device/Household.ts"
import type { GroupId, Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { keyOf, noPosition, withoutTwins } from "./measureRow.ts"
import { isSqlite } from "./SqliteClient.ts"

/** What all measures of a page have in common. `born`: the revision at which a row first appeared; 0 for a first history, which raises no events. */
interface Common {
  readonly personId: PersonId
  readonly source: Measure["source"]
  readonly revision: Revision
  readonly born: Revision
}

/**
 * Keeps measures of one person and source, and answers which of them are new or changed. Of two versions in one page
 * the newer counts.
 */
export const upsert = (
  sql: SqlClient.SqlClient,
  common: Common,
  measures: ReadonlyArray<Measure>,
): Effect.Effect<ReadonlyArray<Measure>, SqlError.SqlError> => {
  if (measures.length === 0) return Effect.succeed([])
  return isSqlite(sql)
    ? sql.runEach(rowStatement, measures, (one) => toRow(common, one))
    : upsertAtOnce(sql, common, withoutTwins(measures))
}

const columns =
  "person_id, source, grp, kind, position, at, value, device_id, attribution, modified, revision, born, deleted"

const onConflict = `ON CONFLICT (person_id, source, grp, kind, position) DO UPDATE SET
    at = excluded.at, value = excluded.value, device_id = excluded.device_id,
    attribution = excluded.attribution, modified = excluded.modified, deleted = 0, revision = excluded.revision
  WHERE excluded.modified > measure.modified OR measure.deleted = 1
    OR (excluded.modified = measure.modified AND (excluded.value <> measure.value OR excluded.at <> measure.at
      OR excluded.device_id IS DISTINCT FROM measure.device_id OR excluded.attribution <> measure.attribution))`

const rowStatement = `INSERT INTO measure (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ${onConflict}`

const toRow = ({ born, personId, revision, source }: Common, one: Measure) => [
  personId,
  source,
  one.group,
  one.kind,
  one.position ?? noPosition,
  one.at,
  one.value,
  one.deviceId,
  one.attribution,
  one.modified,
  revision,
  born,
]

type Key = { readonly grp: GroupId; readonly kind: Measure["kind"]; readonly position: number }

/**
 * Over a network the page goes as one JSON parameter: one round trip, one statement for pages of every length, which
 * must not meet a row twice.
 */
const upsertAtOnce = (sql: SqlClient.SqlClient, common: Common, unique: ReadonlyMap<string, Measure>) => {
  const json = JSON.stringify(Array.from(unique.values(), (one) => toRow(common, one)))
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
            (row) =>
              unique.get(keyOf({ group: row.grp, kind: row.kind, position: Number(row.position) })) ?? [],
          ),
  )
}
