import { SqlClient } from "@effect/sql"
import { Clock, Context, Effect, Layer } from "effect"
import { createHash } from "node:crypto"
import type { Person, StandingState } from "../measure/Person.ts"
import { storeError, type StoreError } from "../store/StoreError.ts"

/** Stable and opaque: the same Withings user is the same person in every store. */
export const personIdOf = (withingsUserId: string): string =>
  createHash("sha256").update(`withings-person:${withingsUserId}`).digest("hex").slice(0, 24)

/** A person together with the application that they signed in to. */
export interface KnownPerson {
  readonly person: Person
  readonly clientId: string
}

/** The rows of persons, as sign-in and tokens need them. */
export class PersonStore extends Context.Tag("@withings-bridge/core/withings/PersonStore")<
  PersonStore,
  {
    readonly all: Effect.Effect<ReadonlyArray<KnownPerson>, StoreError>
    readonly signedIn: (
      withingsUserId: string,
      clientId: string,
      name: string,
    ) => Effect.Effect<Person, StoreError>
    /** Changes state and since when only if it is another state; the reason is a sentence for the user. */
    readonly stand: (
      personId: string,
      state: StandingState,
      reason: string | null,
      nextTry: number | null,
    ) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<PersonStore, never, SqlClient.SqlClient> = Layer.effect(
    PersonStore,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))

      const all = sql<PersonRow>`SELECT * FROM person ORDER BY state_since, id`.pipe(
        Effect.map((rows) => rows.map(toKnown)),
        storeError("read the persons"),
      )

      // What a home shows changes with a person's standing, so the revision moves along.
      const touch = sql`UPDATE revision SET revision = revision + 1`

      const signedIn = (withingsUserId: string, clientId: string, name: string) =>
        Effect.gen(function* () {
          const now = yield* seconds
          const rows = yield* sql<PersonRow>`
            INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
            VALUES (${personIdOf(withingsUserId)}, ${withingsUserId}, ${clientId}, ${name}, 'signed-in', ${now})
            ON CONFLICT (id) DO UPDATE SET client_id = excluded.client_id, name = excluded.name,
              state = excluded.state, state_since = excluded.state_since, state_reason = NULL, next_try = NULL
            RETURNING *`
          yield* touch
          return rows.map(toKnown)[0]?.person
        }).pipe(
          sql.withTransaction,
          Effect.filterOrFail(
            (person) => person !== undefined,
            () => new Error("the row was not written"),
          ),
          storeError("write the person"),
        )

      const stand = (personId: string, state: StandingState, reason: string | null, nextTry: number | null) =>
        Effect.gen(function* () {
          const now = yield* seconds
          const changed = yield* sql`
            UPDATE person SET state = ${state}, state_since = ${now}, state_reason = ${reason}, next_try = ${nextTry}
            WHERE id = ${personId} AND state <> ${state} RETURNING id`
          if (changed.length > 0) yield* touch
          else yield* sql`UPDATE person SET next_try = ${nextTry} WHERE id = ${personId}`
        }).pipe(sql.withTransaction, storeError("write where the person stands"))

      return PersonStore.of({ all, signedIn, stand })
    }),
  )
}

interface PersonRow {
  readonly id: string
  readonly withings_user_id: string
  readonly client_id: string
  readonly name: string
  readonly state: StandingState
  readonly state_since: number
  readonly state_reason: string | null
  readonly last_success: number | null
  readonly next_try: number | null
}

const numberOrNull = (value: number | null) => (value === null ? null : Number(value))

const toKnown = (row: PersonRow): KnownPerson => ({
  clientId: row.client_id,
  person: {
    id: row.id,
    name: row.name,
    withingsUserId: row.withings_user_id,
    standing: {
      state: row.state,
      since: Number(row.state_since),
      lastSuccess: numberOrNull(row.last_success),
      nextTry: numberOrNull(row.next_try),
      reason: row.state_reason,
    },
  },
})
