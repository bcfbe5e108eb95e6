import type { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Data, Effect } from "effect"
import { householdOf, NoHousehold } from "./householdRows.ts"
import { hashOf, newSecret } from "./secrets.ts"

/** A key that opens nothing. `gone`: its household was deleted. */
export class KeyRefused extends Data.TaggedError("KeyRefused")<{
  readonly message: string
  readonly gone: boolean
}> {}

type Sql = SqlClient.SqlClient

const unknownKey = new KeyRefused({ gone: false, message: "The hub does not know this key." })
const keyOfDeleted = new KeyRefused({ gone: true, message: "The household of this key was deleted." })
const noInvitation = new NoHousehold({ message: "This invitation is unknown or has expired." })
const keyFetched = new NoHousehold({ message: "The key of this invitation was fetched already." })

export const newKey = Effect.fn("Households.newKey")(function* (sql: Sql, id: string, name: string) {
  yield* householdOf(sql, id)
  const key = newSecret()
  yield* sql`INSERT INTO hub_key (hash, household_id, name, created_at)
    VALUES (${hashOf(key)}, ${id}, ${name}, ${yield* epochSeconds})`.pipe(Effect.orDie)
  return key
})

export const revokeKey = (sql: Sql, id: string, name: string) =>
  sql`DELETE FROM hub_key WHERE household_id = ${id} AND name = ${name}`.pipe(Effect.asVoid, Effect.orDie)

export const householdOfKey = Effect.fn("Households.opens")(function* (sql: Sql, key: string) {
  const [row] = yield* sql<{ household_id: string | null }>`
    UPDATE hub_key SET used_at = ${yield* epochSeconds} WHERE hash = ${hashOf(key)} RETURNING household_id`.pipe(
    Effect.orDie,
  )
  if (row === undefined) return yield* unknownKey
  return row.household_id ?? (yield* keyOfDeleted)
})

export const invite = Effect.fn("Households.invite")(function* (sql: Sql, id: string, days: number) {
  yield* householdOf(sql, id)
  const token = newSecret()
  const expiresAt = (yield* epochSeconds) + days * 86_400
  yield* sql`INSERT INTO hub_invitation (hash, household_id, expires_at, has_key)
    VALUES (${hashOf(token)}, ${id}, ${expiresAt}, 1)`.pipe(Effect.orDie)
  return { token, expiresAt }
})

export const invited = Effect.fn("Households.invited")(function* (sql: Sql, token: string) {
  const [row] = yield* sql<{ household_id: string }>`
    SELECT household_id FROM hub_invitation WHERE hash = ${hashOf(token)} AND expires_at > ${yield* epochSeconds}`.pipe(
    Effect.orDie,
  )
  return row === undefined ? yield* noInvitation : yield* householdOf(sql, row.household_id)
})

export const keyOfInvitation = Effect.fn("Households.keyOfInvitation")(function* (sql: Sql, token: string) {
  const { id } = yield* invited(sql, token)
  const given = yield* sql`
    UPDATE hub_invitation SET has_key = 0 WHERE hash = ${hashOf(token)} AND has_key = 1 RETURNING hash`.pipe(
    Effect.orDie,
  )
  return given.length === 0 ? yield* keyFetched : yield* newKey(sql, id, "invitation")
})
