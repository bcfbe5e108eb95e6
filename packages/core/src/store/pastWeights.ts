import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { PastWeight } from "../device/describe.ts"
import { ofHousehold } from "./HouseholdId.ts"
import { storeError } from "./StoreError.ts"

/** Days, for `changeOver`. */
const spans = [7, 30] as const
const day = 86_400

/**
 * For the newest weight of each device, the newest one that is at least a week and at least a month older, up to three
 * times as much. Two index lookups for each device.
 */
export const pastWeights = (sql: SqlClient.SqlClient, household: string) => {
  const past = (column: "at" | "value") => sql`(
    SELECT ${sql.literal(column)} FROM measure
    WHERE measure.person_id = latest.person_id AND measure.kind = 'weight' AND measure.position = latest.position
      AND measure.at BETWEEN latest.at - 3 * span.seconds AND latest.at - span.seconds
      AND measure.deleted = 0 AND measure.attribution <> 'ambiguous'
    ORDER BY measure.at DESC, measure.value DESC LIMIT 1)`
  const seconds = sql.literal(spans.map((days) => `SELECT ${days * day} AS seconds`).join(" UNION ALL "))
  return sql<PastWeight | { at: null }>`
    SELECT latest.person_id AS "personId", ${past("at")} AS at, ${past("value")} AS value
    FROM latest CROSS JOIN (${seconds}) AS span
    WHERE ${ofHousehold(sql, household)} AND latest.kind = 'weight' AND latest.ambiguous = 0`.pipe(
    Effect.map((rows) => rows.filter((row) => row.at !== null)),
    storeError("read past weights"),
  )
}
