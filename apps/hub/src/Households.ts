import { SqlClient } from "@effect/sql"
import { Clock, Context, Data, Effect, Layer } from "effect"
import { type Application, Hub } from "./HubConfig.ts"
import { hashOf, newSecret } from "./store/secrets.ts"

export interface HubHousehold {
  readonly id: string
  readonly name: string
  readonly application: string
  readonly createdAt: number
  readonly persons: number
}

export class NoHousehold extends Data.TaggedError("NoHousehold")<{ readonly message: string }> {}

/** A key that opens nothing. `gone`: its household was deleted. */
export class KeyRefused extends Data.TaggedError("KeyRefused")<{
  readonly message: string
  readonly gone: boolean
}> {}

type Sql<A, E = never> = Effect.Effect<A, E>

/** The households of the hub, who may ask for them, and who may sign in to them. */
export class Households extends Context.Tag("withings-hub/Households")<
  Households,
  {
    readonly all: Sql<ReadonlyArray<HubHousehold>>
    readonly one: (id: string) => Sql<HubHousehold, NoHousehold>
    /** With the application that has the fewest persons. */
    readonly create: (name: string) => Sql<HubHousehold>
    /** The last step of a deletion: everything that names the household itself. */
    readonly erase: (id: string) => Sql<void>
    readonly applicationOf: (id: string) => Sql<Application, NoHousehold>
    /** Answers the key, which is not kept. */
    readonly newKey: (id: string, name: string) => Sql<string, NoHousehold>
    readonly revokeKey: (id: string, name: string) => Sql<void>
    /** Answers which household may be asked with a key. */
    readonly opens: (key: string) => Sql<string, KeyRefused>
    readonly invite: (id: string, days: number) => Sql<{ token: string; expiresAt: number }, NoHousehold>
    readonly invited: (token: string) => Sql<HubHousehold, NoHousehold>
    /** The key for the home of whoever has the invitation: once. */
    readonly keyOfInvitation: (token: string) => Sql<string, NoHousehold>
    /** Which household a sign-in at Withings was started for. */
    readonly signingIn: (state: string) => Sql<string | null>
    /** Whose webhook it is. */
    readonly ofUser: (
      clientId: string,
      withingsUserId: string,
    ) => Sql<{ id: string; household: string } | null>
    readonly note: (id: string, who: string, what: string) => Sql<void>
    readonly access: (id: string) => Sql<ReadonlyArray<{ at: number; who: string; what: string }>>
  }
>() {
  static readonly layer: Layer.Layer<Households, never, SqlClient.SqlClient | Hub> = Layer.suspend(() =>
    Layer.effect(Households, make),
  )
}

const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))
const noHousehold = new NoHousehold({ message: "There is no such household." })
const noInvitation = new NoHousehold({ message: "This invitation is not valid, or no longer." })

interface Row {
  readonly id: string
  readonly name: string
  readonly client_id: string
  readonly created_at: number
  readonly persons: number
}

const toHousehold = (row: Row): HubHousehold => ({
  id: row.id,
  name: row.name,
  application: row.client_id,
  createdAt: Number(row.created_at),
  persons: Number(row.persons),
})

/** Rows of a household in tables that name it. Those of its persons go with each person. */
const ownTables = [
  "consumer",
  "left_out",
  "held_state",
  "claim",
  "trouble",
  "sign_in",
  "hub_invitation",
  "hub_access",
  "hub_household",
] as const

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { applications } = yield* Hub
  const rows = sql.literal(`hub_household.household_id AS id, name, client_id, created_at,
    (SELECT COUNT(*) FROM person WHERE person.household_id = hub_household.household_id AND removed_at IS NULL) AS persons`)
  const one = (id: string) =>
    sql<Row>`SELECT ${rows} FROM hub_household WHERE household_id = ${id}`.pipe(
      Effect.orDie,
      Effect.flatMap(([row]) => (row === undefined ? noHousehold : Effect.succeed(toHousehold(row)))),
    )
  const newKey = (id: string, name: string) =>
    Effect.gen(function* () {
      yield* one(id)
      const key = newSecret()
      yield* sql`INSERT INTO hub_key (hash, household_id, name, created_at)
        VALUES (${hashOf(key)}, ${id}, ${name}, ${yield* seconds})`.pipe(Effect.orDie)
      return key
    })
  const create = (name: string) =>
    Effect.gen(function* () {
      const now = yield* seconds
      const counts = yield* sql<{ client_id: string; n: number }>`
        SELECT client_id, COUNT(*) AS n FROM person WHERE removed_at IS NULL GROUP BY client_id`
      const personsOf = ({ clientId }: Application) =>
        Number(counts.find(({ client_id }) => client_id === clientId)?.n ?? 0)
      const [application] = applications.toSorted((a, b) => personsOf(a) - personsOf(b))
      if (application === undefined) return yield* Effect.dieMessage("The hub has no application.")
      const id = newSecret()
      yield* sql`INSERT INTO household (id, revision, created_at) VALUES (${id}, 0, ${now})`
      yield* sql`INSERT INTO hub_household (household_id, client_id, name, created_at)
        VALUES (${id}, ${application.clientId}, ${name}, ${now})`
      return { id, name, application: application.clientId, createdAt: now, persons: 0 }
    }).pipe(sql.withTransaction, Effect.orDie)
  const invited = (token: string) =>
    Effect.gen(function* () {
      const [row] = yield* sql<{ household_id: string }>`
        SELECT household_id FROM hub_invitation WHERE hash = ${hashOf(token)} AND expires_at > ${yield* seconds}`.pipe(
        Effect.orDie,
      )
      return row === undefined ? yield* noInvitation : yield* one(row.household_id)
    })
  return Households.of({
    all: sql<Row>`SELECT ${rows} FROM hub_household ORDER BY created_at, household_id`.pipe(
      Effect.map((found) => found.map(toHousehold)),
      Effect.orDie,
    ),
    one,
    create,
    erase: (id) =>
      Effect.gen(function* () {
        for (const table of ownTables) yield* sql`DELETE FROM ${sql(table)} WHERE household_id = ${id}`
        yield* sql`UPDATE hub_key SET household_id = NULL, name = '' WHERE household_id = ${id}`
        yield* sql`DELETE FROM household WHERE id = ${id}`
      }).pipe(sql.withTransaction, Effect.orDie),
    applicationOf: (id) =>
      Effect.flatMap(one(id), ({ application }) => {
        const found = applications.find(({ clientId }) => clientId === application)
        return found === undefined
          ? Effect.fail(
              new NoHousehold({ message: `The application ${application} is not configured any more.` }),
            )
          : Effect.succeed(found)
      }),
    newKey,
    revokeKey: (id, name) =>
      sql`DELETE FROM hub_key WHERE household_id = ${id} AND name = ${name}`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),
    opens: (key) =>
      Effect.gen(function* () {
        const [row] = yield* sql<{ household_id: string | null }>`
          UPDATE hub_key SET used_at = ${yield* seconds} WHERE hash = ${hashOf(key)} RETURNING household_id`.pipe(
          Effect.orDie,
        )
        if (row === undefined)
          return yield* new KeyRefused({ gone: false, message: "The hub does not know this key." })
        if (row.household_id === null)
          return yield* new KeyRefused({ gone: true, message: "The household of this key was deleted." })
        return row.household_id
      }),
    invite: (id, days) =>
      Effect.gen(function* () {
        yield* one(id)
        const token = newSecret()
        const expiresAt = (yield* seconds) + days * 86_400
        yield* sql`INSERT INTO hub_invitation (hash, household_id, expires_at, has_key)
          VALUES (${hashOf(token)}, ${id}, ${expiresAt}, 1)`.pipe(Effect.orDie)
        return { token, expiresAt }
      }),
    invited,
    keyOfInvitation: (token) =>
      Effect.gen(function* () {
        const { id } = yield* invited(token)
        const given = yield* sql`
          UPDATE hub_invitation SET has_key = 0 WHERE hash = ${hashOf(token)} AND has_key = 1 RETURNING hash`.pipe(
          Effect.orDie,
        )
        if (given.length === 0)
          return yield* new NoHousehold({ message: "The key of this invitation was fetched already." })
        return yield* newKey(id, "invitation")
      }),
    signingIn: (state) =>
      sql<{ household_id: string }>`SELECT household_id FROM sign_in WHERE state = ${state}`.pipe(
        Effect.map(([row]) => row?.household_id ?? null),
        Effect.orDie,
      ),
    ofUser: (clientId, withingsUserId) =>
      sql<{ id: string; household_id: string }>`
        SELECT id, household_id FROM person
        WHERE withings_user_id = ${withingsUserId} AND client_id = ${clientId} AND removed_at IS NULL`.pipe(
        Effect.map(([row]) => (row === undefined ? null : { id: row.id, household: row.household_id })),
        Effect.orDie,
      ),
    note: (id, who, what) =>
      Effect.flatMap(
        seconds,
        (now) =>
          sql`INSERT INTO hub_access (household_id, at, who, what) VALUES (${id}, ${now}, ${who}, ${what})`,
      ).pipe(Effect.asVoid, Effect.orDie),
    access: (id) =>
      sql<{ at: number; who: string; what: string }>`
        SELECT at, who, what FROM hub_access WHERE household_id = ${id} ORDER BY at DESC LIMIT 1000`.pipe(
        Effect.map((found) => found.map(({ at, what, who }) => ({ at: Number(at), who, what }))),
        Effect.orDie,
      ),
  })
})
