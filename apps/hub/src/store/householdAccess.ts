import type { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"

type Sql = SqlClient.SqlClient

/** Which household a sign-in at Withings was started for. */
export const householdSigningIn = (sql: Sql, state: string) =>
  sql<{ household_id: string }>`SELECT household_id FROM sign_in WHERE state = ${state}`.pipe(
    Effect.map(([row]) => row?.household_id ?? null),
    Effect.orDie,
  )

/** Which person of which household a user of Withings is. */
export const personOfUser = (sql: Sql, clientId: string, withingsUserId: string) =>
  sql<{ id: string; household_id: string }>`
    SELECT id, household_id FROM person
    WHERE withings_user_id = ${withingsUserId} AND client_id = ${clientId} AND removed_at IS NULL`.pipe(
    Effect.map(([row]) => (row === undefined ? null : { id: row.id, household: row.household_id })),
    Effect.orDie,
  )

export const noteAccess = (sql: Sql, id: string, who: string, what: string) =>
  Effect.flatMap(
    epochSeconds,
    (now) =>
      sql`INSERT INTO hub_access (household_id, at, who, what) VALUES (${id}, ${now}, ${who}, ${what})`,
  ).pipe(Effect.asVoid, Effect.orDie)

/** The newest thousand. */
export const accessTo = (sql: Sql, id: string) =>
  sql<{ at: number; who: string; what: string }>`
    SELECT at, who, what FROM hub_access WHERE household_id = ${id} ORDER BY at DESC LIMIT 1000`.pipe(
    Effect.map((found) => found.map(({ at, what, who }) => ({ at: Number(at), who, what }))),
    Effect.orDie,
  )
