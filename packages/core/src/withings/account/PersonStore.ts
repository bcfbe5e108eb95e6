import { SqlClient, type SqlError } from "@effect/sql"
import { Context, Data, Effect, Layer } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { Person, PersonId, StandingState } from "../../measure/Person.ts"
import { ChangeFeed } from "../../store/ChangeFeed.ts"
import { dialectOf } from "../../store/Dialect.ts"
import { HouseholdId } from "../../store/HouseholdId.ts"
import {
  type NewStanding,
  type PersonRow,
  type SignedIn,
  toPerson,
  writeRecovered,
  writeSignedIn,
  writeStanding,
} from "../../store/personRows.ts"
import { standingLine } from "../../store/standingLine.ts"
import { storeError, type StoreError } from "../../store/StoreError.ts"

/** A person together with the application that they signed in to. */
export interface KnownPerson {
  readonly person: Person
  readonly clientId: string
}

/** Why a sign-in is lost. */
export interface Loss {
  readonly reason: string
  /** When the tokens are tried once more, epoch seconds; null: at any time. */
  readonly nextTry: number | null
  /** `seen` of the refused tokens. */
  readonly refused: string
}

/** The Withings user belongs to another household of the store. */
export class OtherHousehold extends Data.TaggedError("OtherHousehold") {}

/** The rows of persons, as sign-in and tokens need them. */
export class PersonStore extends Context.Tag("@withings-bridge/core/withings/PersonStore")<
  PersonStore,
  {
    readonly all: Effect.Effect<ReadonlyArray<KnownPerson>, StoreError>
    /** null: not in this household, or removed. */
    readonly one: (personId: PersonId) => Effect.Effect<KnownPerson | null, StoreError>
    /** Must run in the transaction that keeps the tokens. */
    readonly keep: (signedIn: SignedIn) => Effect.Effect<Person, OtherHousehold | SqlError.SqlError>
    /** Notes that the person has to sign in. False, and nothing is written, where `refused` was replaced meanwhile. */
    readonly needsSignIn: (personId: PersonId, loss: Loss) => Effect.Effect<boolean, StoreError>
    /** Runs `keep`; if it returns true, the person stands as signed in by the same transaction. Returns its result. */
    readonly recoverWith: (
      personId: PersonId,
      keep: Effect.Effect<boolean, StoreError>,
    ) => Effect.Effect<boolean, StoreError>
    readonly signedOut: (personId: PersonId) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer = Layer.suspend(() => Layer.effect(PersonStore, make))
}

const signedOutHere = "Signed out here. Sign in again to go on."

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const feed = yield* ChangeFeed
  const household = yield* HouseholdId
  const members = sql`household_id = ${household} AND removed_at IS NULL`
  return PersonStore.of({
    all: sql<PersonRow>`SELECT * FROM person WHERE ${members} ORDER BY state_since, id`.pipe(
      Effect.map((rows) => rows.map(toKnown)),
      storeError("read the persons"),
    ),
    one: (personId) =>
      sql<PersonRow>`SELECT * FROM person WHERE ${members} AND id = ${personId}`.pipe(
        Effect.map(([row]) => (row === undefined ? null : toKnown(row))),
        storeError("read a person"),
      ),
    keep: (signedIn) => keepSignedIn(sql, household, signedIn),
    needsSignIn: (personId, loss) =>
      feed
        .commit(() => needsSignIn(sql, personId, loss))
        .pipe(
          Effect.tap(({ name }) => logChange(name, "needs-sign-in", loss.reason)),
          Effect.map(({ stands }) => stands),
          storeError("write the state of a sign-in"),
        ),
    recoverWith: (personId, keepTokens) =>
      feed
        .commit(() => recoverWith(sql, personId, keepTokens))
        .pipe(
          Effect.tap(({ name }) => logChange(name, "signed-in", null)),
          Effect.map(({ kept }) => kept),
        ),
    signedOut: (personId) =>
      feed
        .commit(() =>
          Effect.map(
            stand(sql, personId, { state: "never-signed-in", reason: signedOutHere, nextTry: null }),
            (name) => ({ value: name, changed: name !== null }),
          ),
        )
        .pipe(
          Effect.flatMap((name) => logChange(name, "never-signed-in", signedOutHere)),
          storeError("write the state of a sign-in"),
        ),
  })
})

type Sql = SqlClient.SqlClient

/** Withings ends webhooks at a sign-out, and perhaps when a sign-in is lost. */
const forgetWebhooks = (sql: Sql, personId: PersonId) =>
  Effect.zipRight(
    sql`DELETE FROM subscription WHERE person_id = ${personId}`,
    sql`DELETE FROM delivery WHERE person_id = ${personId}`,
  )

const keepSignedIn = (sql: Sql, household: string, signedIn: SignedIn) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    const [row] = yield* writeSignedIn(sql, household, signedIn, now)
    if (row === undefined) return yield* new OtherHousehold()
    yield* forgetWebhooks(sql, row.id)
    const standing = {
      state: "signed-in",
      since: now,
      lastSuccess: null,
      nextTry: null,
      reason: null,
    } as const
    return { id: row.id, name: signedIn.name, withingsUserId: signedIn.withingsUserId, standing }
  })

/** Returns the person's name if the standing changed, else null. */
const stand = (sql: Sql, personId: PersonId, standing: NewStanding) =>
  Effect.gen(function* () {
    const [row] = yield* writeStanding(sql, personId, standing)
    yield* forgetWebhooks(sql, personId)
    return row?.name ?? null
  })

const needsSignIn = (sql: Sql, personId: PersonId, { nextTry, reason, refused }: Loss) =>
  Effect.gen(function* () {
    // PostgreSQL: lock the row, so that no rotation comes between this and the write.
    const same = yield* sql`
      SELECT person_id FROM token WHERE person_id = ${personId} AND sealed = ${refused} ${dialectOf(sql).forUpdate}`
    if (same.length === 0) return { value: { stands: false, name: null }, changed: false }
    const name = yield* stand(sql, personId, { state: "needs-sign-in", reason, nextTry })
    return { value: { stands: true, name }, changed: name !== null }
  })

const recoverWith = (sql: Sql, personId: PersonId, keep: Effect.Effect<boolean, StoreError>) =>
  Effect.gen(function* () {
    if (!(yield* keep)) return { value: { kept: false, name: null }, changed: false }
    const rows = yield* writeRecovered(sql, personId)
    return { value: { kept: true, name: rows[0]?.name ?? null }, changed: rows.length > 0 }
  })

/** Logs a change of standing. */
const logChange = (name: string | null, state: StandingState, reason: string | null) =>
  name === null ? Effect.void : Effect.logInfo(standingLine(name, state, reason))

const toKnown = (row: PersonRow): KnownPerson => ({ clientId: row.client_id, person: toPerson(row) })
