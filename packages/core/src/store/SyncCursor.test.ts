import { assert, it } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { PersonId } from "../measure/Person.ts"
import { SyncCursor, type Cursor } from "./SyncCursor.ts"

const inHistory: Cursor = {
  feed: "getmeas",
  newestModified: 100,
  historyBefore: 50,
  historyDone: 10,
  historyTotal: null,
  historyStarted: 90,
  historyFinished: null,
}

await onEveryStore((store) => {
  it.effect("a delta and a concurrent first history do not reset each other", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_000_000)
      const cursors = yield* SyncCursor
      yield* cursors.write(PersonId("ann"), inHistory)
      yield* cursors.advance(PersonId("ann"), "getmeas", 200)
      assert.deepStrictEqual(yield* cursors.of(PersonId("ann")), [{ ...inHistory, newestModified: 200 }])
      // Whoever reads the past still has the cursor with which it began.
      yield* cursors.write(PersonId("ann"), { ...inHistory, historyDone: 20 })
      yield* cursors.advance(PersonId("ann"), "getmeas", 150)
      assert.deepStrictEqual(yield* cursors.of(PersonId("ann")), [
        { ...inHistory, historyDone: 20, newestModified: 200 },
      ])
    }).pipe(Effect.provide(storeOfAnn(store))),
  )

  it.effect("never goes beyond now, and comes back from there when the clock was wrong", () =>
    Effect.gen(function* () {
      const cursors = yield* SyncCursor
      const newest = Effect.map(cursors.of(PersonId("ann")), ([cursor]) => cursor?.newestModified)
      yield* TestClock.setTime(1_000_000)
      yield* cursors.write(PersonId("ann"), { ...inHistory, newestModified: 5000 })
      assert.strictEqual(yield* newest, 1000)
      yield* cursors.advance(PersonId("ann"), "getmeas", 9000)
      assert.strictEqual(yield* newest, 1000)
      yield* TestClock.setTime(800_000)
      yield* cursors.advance(PersonId("ann"), "getmeas", 700)
      assert.strictEqual(yield* newest, 700)
    }).pipe(Effect.provide(storeOfAnn(store))),
  )
})
