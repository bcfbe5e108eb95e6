import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { signedIn } from "../../test/signedIn.ts"
import { Millis } from "../epochSeconds.ts"
import { PersonId } from "../measure/Person.ts"
import { PersonStore } from "../withings/account/PersonStore.ts"
import { DueWork } from "./DueWork.ts"
import { SyncCursor } from "./SyncCursor.ts"

await onEveryStore(({ kind, layer }) => {
  const services = Layer.mergeAll(DueWork.layer, PersonStore.layer, SyncCursor.layer).pipe(
    Layer.provideMerge(layer),
  )
  const ann = Effect.flatMap(PersonStore, (persons) => persons.keep(signedIn("7", "Ann")))
  const dueAt = Effect.map(
    Effect.flatMap(DueWork, ({ all }) => all),
    ([first]) => first?.at,
  )
  const begun = (id: string) =>
    Effect.flatMap(
      Effect.flatMap(DueWork, ({ begin }) => begin(PersonId(id))),
      Effect.fromNullable,
    )

  it.live(`a new person, a request and a new sign-in are due now, ${kind}`, () =>
    Effect.gen(function* () {
      const { id } = yield* ann
      const due = yield* DueWork
      assert.strictEqual(yield* dueAt, 0)
      yield* due.end(id, yield* begun(id), 500)
      assert.strictEqual(yield* dueAt, 500)
      yield* (yield* SyncCursor).request(id, { feed: "night", askedAt: Millis(1), window: null })
      assert.strictEqual(yield* dueAt, 0)
      yield* due.end(id, yield* begun(id), 600)
      yield* due.failed(id, 900)
      assert.deepInclude(yield* begun(id), { failures: 1, retryAt: 900 })
      yield* ann
      assert.strictEqual(yield* dueAt, 0)
      assert.deepInclude(yield* begun(id), { failures: 0, retryAt: 0 })
    }).pipe(Effect.provide(services)),
  )

  it.live(`a question that comes while a turn ends is not overwritten, ${kind}`, () =>
    Effect.gen(function* () {
      const { id } = yield* ann
      const due = yield* DueWork
      const turn = yield* begun(id)
      yield* (yield* SyncCursor).request(id, { feed: "night", askedAt: Millis(1), window: null })
      yield* due.end(id, turn, 500)
      assert.strictEqual(yield* dueAt, 0)
    }).pipe(Effect.provide(services)),
  )

  it.live(`a removed person is not due, ${kind}`, () =>
    Effect.gen(function* () {
      const { id } = yield* ann
      yield* (yield* SqlClient.SqlClient)`UPDATE person SET removed_at = 1`
      const due = yield* DueWork
      assert.deepStrictEqual(yield* due.all, [])
      assert.isNull(yield* due.begin(id))
    }).pipe(Effect.provide(services)),
  )
})
