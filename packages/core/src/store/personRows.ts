import type { SqlClient, Statement } from "@effect/sql"
import { Effect } from "effect"
import { epochSeconds, type Seconds } from "../epochSeconds.ts"
import type { Person, PersonId, Standing, StandingState } from "../measure/Person.ts"

/** A row of the table `person`: identity and standing. */
export interface PersonRow {
  readonly id: PersonId
  readonly withings_user_id: string
  readonly client_id: string
  readonly name: string
  readonly state: StandingState
  readonly state_since: number
  readonly state_reason: string | null
  readonly last_success: number | null
  readonly next_try: number | null
  readonly timezone: string | null
}

export const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  withingsUserId: row.withings_user_id,
  timezone: row.timezone,
  standing: {
    state: row.state,
    since: row.state_since,
    lastSuccess: row.last_success,
    nextTry: row.next_try,
    reason: row.state_reason,
  },
})

// Only this module writes the table. The functions run in the transaction of the caller.

type Sql = SqlClient.SqlClient

/** Who signed in. */
export interface SignedIn {
  readonly withingsUserId: string
  readonly clientId: string
  readonly name: string
  /** The id if the Withings user is new. An existing id never changes. */
  readonly newId: PersonId
}

/** Adds or restores a person. Returns no row if the Withings user belongs to another household. */
export const writeSignedIn = (sql: Sql, household: string, signedIn: SignedIn, now: number) =>
  sql<{ id: PersonId }>`
    INSERT INTO person (id, household_id, withings_user_id, client_id, name, state, state_since)
    VALUES (${signedIn.newId}, ${household}, ${signedIn.withingsUserId}, ${signedIn.clientId}, ${signedIn.name},
      'signed-in', ${now})
    ON CONFLICT (withings_user_id) DO UPDATE SET client_id = excluded.client_id, name = excluded.name,
      state = excluded.state, state_since = excluded.state_since, state_reason = NULL, next_try = NULL,
      removed_at = NULL, due_at = 0, asked = person.asked + 1, failures = 0, retry_at = 0
    WHERE person.household_id = excluded.household_id
    RETURNING id`

export type NewStanding = Pick<Standing, "state" | "reason" | "nextTry">

/** Returns the person's name if the state changed. */
export const writeStanding = (sql: Sql, id: PersonId, { nextTry, reason, state }: NewStanding) =>
  Effect.gen(function* () {
    const rows = yield* sql<{ name: string }>`
      UPDATE person SET state = ${state}, state_since = ${yield* epochSeconds}, state_reason = ${reason}
      WHERE id = ${id} AND state <> ${state} RETURNING name`
    yield* sql`UPDATE person SET next_try = ${nextTry} WHERE id = ${id}`
    return rows
  })

/** The result of a contact with Withings. Only "signed-in" replaces "needs-sign-in". */
export const writeContact = (sql: Sql, id: PersonId, { nextTry, reason, state }: NewStanding) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    if (state === "signed-in")
      yield* sql`UPDATE person SET last_success = ${now}, next_try = ${nextTry} WHERE id = ${id}`
    return yield* sql<{ name: string }>`
      UPDATE person SET state = ${state}, state_since = ${now}, state_reason = ${reason}, next_try = ${nextTry}
      WHERE id = ${id} AND state <> ${state}
        AND state <> 'never-signed-in' AND (state <> 'needs-sign-in' OR ${state} = 'signed-in')
      RETURNING name`
  })

/** The tokens work again. */
export const writeRecovered = (sql: Sql, id: PersonId) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql<{ name: string }>`
      UPDATE person SET state = 'signed-in', state_since = ${now}, state_reason = NULL, next_try = NULL,
        due_at = 0, retry_at = 0
      WHERE id = ${id} AND state = 'needs-sign-in' RETURNING name`,
  )

export const writeTimezone = (sql: Sql, id: PersonId, timezone: string | null) =>
  sql`UPDATE person SET timezone = ${timezone} WHERE id = ${id} AND timezone IS DISTINCT FROM ${timezone} RETURNING id`

/** Removes someone from the household. `erasing`: their measures too. */
export const writeRemoved = (sql: Sql, id: PersonId, erasing: boolean) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql`
      UPDATE person SET removed_at = COALESCE(removed_at, ${now}), erasing = ${erasing ? 1 : 0} WHERE id = ${id}`,
  )

/** Marks the history of someone for deletion. `from`: earlier records are not read again; null: all are. */
export const writeForgotten = (sql: Sql, id: PersonId, from: number | null) =>
  sql`UPDATE person SET history_from = ${from}, erasing = 1 WHERE id = ${id}`

export const writeErased = (sql: Sql, id: PersonId) =>
  sql<{ removed_at: number | null; history_from: number | null }>`
    UPDATE person SET erasing = 0 WHERE id = ${id} RETURNING removed_at, history_from`

export const deletePerson = (sql: Sql, id: PersonId) => sql`DELETE FROM person WHERE id = ${id}`

/** Makes a person due now, even during their turn. Call it in the transaction of the request. */
export const dueNow = (sql: Sql, id: PersonId) =>
  sql`UPDATE person SET due_at = 0, asked = asked + 1 WHERE id = ${id}`

/** Forgets what was read when, so that reading starts now and not with the next poll. */
export const readAnew = (sql: Sql, id: PersonId) =>
  sql`UPDATE person SET agenda = NULL, due_at = 0, asked = asked + 1 WHERE id = ${id}`

export const everyoneDue = (sql: Sql, household: string) =>
  sql`UPDATE person SET due_at = 0 WHERE household_id = ${household}`

/** A person of a household. */
export interface Member {
  readonly household: string
  readonly id: PersonId
}

const isMember = (sql: Sql, { household, id }: Member) => sql`household_id = ${household} AND id = ${id}`

export const writeAgenda = (sql: Sql, member: Member, agenda: string) =>
  sql`UPDATE person SET agenda = ${agenda}, failures = 0, retry_at = 0 WHERE ${isMember(sql, member)}`

export const writeFailure = (sql: Sql, member: Member, retryAt: number) =>
  sql`UPDATE person SET failures = failures + 1, retry_at = ${retryAt} WHERE ${isMember(sql, member)}`

/** Does nothing if someone asked since the turn began, which read `asked`. */
export const writeDue = (sql: Sql, member: Member, due: { readonly at: number; readonly asked: number }) =>
  sql`UPDATE person SET due_at = ${due.at} WHERE ${isMember(sql, member)} AND asked = ${due.asked}`

/** Someone who was due, with the new due time. */
export interface ClaimedPerson {
  readonly id: PersonId
  readonly household_id: string
  readonly due_at: number
}

/** Claims the next persons who are due, of all households, for `seconds`. PostgreSQL only. */
export const claimDue = (
  sql: Sql,
  { atMost, seconds }: { readonly atMost: number; readonly seconds: number },
) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql<ClaimedPerson>`
      UPDATE person SET due_at = ${now + seconds}
      WHERE id IN (
        SELECT id FROM person WHERE due_at <= ${now} AND removed_at IS NULL
        ORDER BY due_at LIMIT ${atMost} FOR UPDATE SKIP LOCKED)
      RETURNING id, household_id, due_at`,
  )

/** Makes a claimed person due in `seconds`, unless they became due otherwise. */
export const giveBackDue = (sql: Sql, { due_at, id }: ClaimedPerson, seconds: number) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql`UPDATE person SET due_at = ${now + seconds} WHERE id = ${id} AND due_at = ${due_at}`,
  )

/** PostgreSQL only. */
export const dueWithin = (sql: Sql, id: PersonId, seconds: number) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql`UPDATE person SET due_at = LEAST(due_at, ${now + seconds}) WHERE id = ${id}`,
  )

/** `places`: rows of `id` and `place`. Each person is due `spacing` seconds after the one before. PostgreSQL only. */
export const dueInPlaces = (
  sql: Sql,
  places: Statement.Fragment,
  { now, spacing }: { readonly now: Seconds; readonly spacing: number },
) => sql`
  UPDATE person SET asked = asked + 1, due_at = LEAST(due_at, ${now}::bigint + ${spacing}::bigint * place)
  FROM (${places}) AS one WHERE person.id = one.id`
