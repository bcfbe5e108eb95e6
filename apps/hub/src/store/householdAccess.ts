import { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"

/** Which household a sign-in at Withings was started for. */
export const householdSigningIn = Effect.fn("hub.householdSigningIn")(function* (state: string) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ household_id: string }>`SELECT household_id FROM sign_in WHERE state = ${state}`
  return row?.household_id ?? null
}, Effect.orDie)

/** The person with this Withings user id, and their household: whose webhook it is. */
export const personOfUser = Effect.fn("hub.personOfUser")(function* (
  clientId: string,
  withingsUserId: string,
) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ id: string; household: string }>`
    SELECT id, household_id AS household FROM person
    WHERE withings_user_id = ${withingsUserId} AND client_id = ${clientId} AND removed_at IS NULL`
  return row ?? null
}, Effect.orDie)

export const noteAccess = Effect.fn("hub.noteAccess")(function* (id: string, who: string, what: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT INTO hub_access (household_id, at, who, what) VALUES (${id}, ${yield* epochSeconds}, ${who}, ${what})`
}, Effect.orDie)

/** The newest thousand. */
export const accessTo = Effect.fn("hub.accessTo")(function* (id: string) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql<{ at: number; who: string; what: string }>`
    SELECT at, who, what FROM hub_access WHERE household_id = ${id} ORDER BY at DESC LIMIT 1000`
  return found.map(({ at, what, who }) => ({ at: Number(at), who, what }))
}, Effect.orDie)
