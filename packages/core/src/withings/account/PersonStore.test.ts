import { assert, it } from "@effect/vitest"
import { SqlClient } from "@effect/sql"
import { Effect, Layer } from "effect"
import { createHash, randomBytes } from "node:crypto"
import { signedIn } from "../../../test/signedIn.ts"
import { ChangeFeed } from "../../store/ChangeFeed.ts"
import * as Database from "../../store/Database.ts"
import { PersonStore } from "./PersonStore.ts"
import { sealing } from "./TokenSeal.ts"

const sealWith = (newest: Buffer) => sealing(() => ({ newest, earlier: [] }))

const layer = PersonStore.layer.pipe(
  Layer.provideMerge(ChangeFeed.layerMemory),
  Layer.provideMerge(Database.layerMemory),
)

/** The id that older versions made of a Withings user id. Eight digits are tried in seconds. */
const unsalted = (withingsUserId: string) =>
  createHash("sha256").update(`withings-person:${withingsUserId}`).digest("hex").slice(0, 24)

it.effect("keeps the id of a person from before ids had a secret", () =>
  Effect.gen(function* () {
    const persons = yield* PersonStore
    const sql = yield* SqlClient.SqlClient
    const old = unsalted("12345678")
    yield* sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
      VALUES (${old}, '12345678', 'client', 'Ann', 'needs-sign-in', 1)`
    const ann = yield* persons.keep(signedIn("12345678", "Ann"))
    assert.strictEqual(ann.id, old)
    assert.deepStrictEqual(
      (yield* persons.all).map(({ person }) => [person.id, person.standing.state]),
      [[old, "signed-in"]],
    )
  }).pipe(Effect.provide(layer)),
)

it.effect("gives a newcomer the id of the folder's secret, for good", () =>
  Effect.gen(function* () {
    const persons = yield* PersonStore
    const [one, other] = [sealWith(randomBytes(32)), sealWith(randomBytes(32))]
    const ann = { ...signedIn("12345678", "Ann"), newId: one.personId("12345678") }
    const { id } = yield* persons.keep(ann)
    assert.match(id, /^[0-9a-f]{24}$/)
    assert.notStrictEqual(id, unsalted("12345678"))
    // Someone who lost the key signs in again, and stays who they are.
    assert.strictEqual((yield* persons.keep({ ...ann, newId: other.personId("12345678") })).id, id)
  }).pipe(Effect.provide(layer)),
)

it("makes the same person's id anew from the same secret only", () => {
  const key = randomBytes(32)
  assert.strictEqual(sealWith(key).personId("1"), sealWith(key).personId("1"))
  assert.notStrictEqual(sealWith(key).personId("1"), sealWith(key).personId("2"))
  assert.notStrictEqual(sealWith(key).personId("1"), sealWith(randomBytes(32)).personId("1"))
})
