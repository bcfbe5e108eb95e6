import { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Data, Effect } from "effect"
import { householdOf, NoHousehold } from "./householdRows.ts"
import { hashOf, newSecret } from "./secrets.ts"

/** A key that opens nothing. `gone`: its household was deleted. */
class KeyRefused extends Data.TaggedError("KeyRefused")<{
  readonly message: string
  readonly gone: boolean
}> {}

const unknownKey = new KeyRefused({ gone: false, message: "The hub does not know this key." })
const keyOfDeleted = new KeyRefused({ gone: true, message: "The household of this key was deleted." })
const noInvitation = new NoHousehold({ message: "This invitation is unknown or has expired." })
const keyFetched = new NoHousehold({ message: "The key of this invitation was fetched already." })

/** A new key for a household. The hub keeps only its hash. */
export const newKey = Effect.fn("hub.newKey")(
  function* (id: string, name: string) {
    const sql = yield* SqlClient.SqlClient
    yield* householdOf(id)
    const key = newSecret()
    yield* sql`INSERT INTO hub_key (hash, household_id, name, created_at)
    VALUES (${hashOf(key)}, ${id}, ${name}, ${yield* epochSeconds})`
    return key
  },
  Effect.catchTag("SqlError", Effect.die),
)

export const revokeKey = Effect.fn("hub.revokeKey")(function* (id: string, name: string) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM hub_key WHERE household_id = ${id} AND name = ${name}`
}, Effect.orDie)

/** The id of the household that a key opens. */
export const householdOfKey = Effect.fn("hub.householdOfKey")(
  function* (key: string) {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* sql<{ household_id: string | null }>`
    UPDATE hub_key SET used_at = ${yield* epochSeconds} WHERE hash = ${hashOf(key)} RETURNING household_id`
    if (row === undefined) return yield* unknownKey
    return row.household_id ?? (yield* keyOfDeleted)
  },
  Effect.catchTag("SqlError", Effect.die),
)

export const invite = Effect.fn("hub.invite")(
  function* (id: string, days: number) {
    const sql = yield* SqlClient.SqlClient
    yield* householdOf(id)
    const token = newSecret()
    const expiresAt = (yield* epochSeconds) + days * 86_400
    yield* sql`INSERT INTO hub_invitation (hash, household_id, expires_at, has_key)
    VALUES (${hashOf(token)}, ${id}, ${expiresAt}, 1)`
    return { token, expiresAt }
  },
  Effect.catchTag("SqlError", Effect.die),
)

export const invited = Effect.fn("hub.invited")(
  function* (token: string) {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* sql<{ household_id: string }>`
    SELECT household_id FROM hub_invitation WHERE hash = ${hashOf(token)} AND expires_at > ${yield* epochSeconds}`
    return row === undefined ? yield* noInvitation : yield* householdOf(row.household_id)
  },
  Effect.catchTag("SqlError", Effect.die),
)

/** The key for the home of the person who has the invitation. It can be fetched once. */
export const keyOfInvitation = Effect.fn("hub.keyOfInvitation")(
  function* (token: string) {
    const sql = yield* SqlClient.SqlClient
    const { id } = yield* invited(token)
    const fetched = yield* sql`
    UPDATE hub_invitation SET has_key = 0 WHERE hash = ${hashOf(token)} AND has_key = 1 RETURNING hash`
    return fetched.length === 0 ? yield* keyFetched : yield* newKey(id, "invitation")
  },
  Effect.catchTag("SqlError", Effect.die),
)
