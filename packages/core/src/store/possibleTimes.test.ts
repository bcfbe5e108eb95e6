import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { atTime } from "../../test/atTime.ts"
import { onEveryStore } from "../../test/postgres.ts"
import { storeOfAnn } from "../../test/storeOfAnn.ts"
import { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "./HouseholdStore.ts"
import { MeasureStore } from "./MeasureStore.ts"
import repair from "./migrations/0005_possible_times.ts"
import { SyncCursor } from "./SyncCursor.ts"

const now = 1_790_000_000

/** What the first version stored. The numbers are written into the statement: no client has a say in them. */
const storedBefore = (at: string, modified: string, kind: string, group: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const columns = "person_id, source, grp, kind, position, at, value, device_id, attribution, modified"
    const row = `'ann', 'getmeas', '${group}', '${kind}', -1, ${at}, 70, NULL, 'device', ${modified}`
    yield* sql.unsafe(`INSERT INTO measure (${columns}, deleted, revision, born) VALUES (${row}, 0, 1, 0)`)
    const latest = row.replace("NULL", "''")
    yield* sql.unsafe(`INSERT INTO latest (${columns}, ambiguous) VALUES (${latest}, 0)
      ON CONFLICT (person_id, kind, position, device_id, ambiguous) DO UPDATE SET at = excluded.at,
        modified = excluded.modified, grp = excluded.grp`)
  })

await onEveryStore((store) => {
  const layer = Layer.provideMerge(HouseholdStore.layer, storeOfAnn(store))
  it.effect("a store that an impossible time made unreadable is repaired", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const measures = yield* MeasureStore
      yield* storedBefore("1700000000", "1700000001", "weight", "good")
      yield* storedBefore("100000000000000000", "1700000001", "weight", "far")
      yield* storedBefore("1700000000000", "1700000001", "height", "milliseconds")
      yield* storedBefore("-1000000000000000", "1700000001", "fat-ratio", "past")
      yield* storedBefore("1700000000", "4102444800", "pulse", "modified-in-2100")
      yield* sql.unsafe(`INSERT INTO sync_cursor (person_id, feed, newest_modified, history_done) VALUES
        ('ann', 'getmeas', 100000000000000000, 1), ('ann', 'night', 1700000000, 1)`)
      yield* sql.unsafe(`INSERT INTO presence (device_id, person_id, in_bed, at, source) VALUES
        ('mat', 'ann', 1, 9999999999, 'webhook'), ('other', 'ann', 1, 1700000000, 'webhook')`)
      if (store.kind === "SQLite") assert.isTrue((yield* Effect.either(measures.latest))._tag === "Left")

      yield* atTime(now)(repair)
      const latest = (yield* measures.latest).map(({ at, group, kind, modified }) => [
        kind,
        group,
        at,
        modified,
      ])
      assert.deepStrictEqual(latest.toSorted(), [
        ["pulse", "modified-in-2100", 1_700_000_000, 1_700_000_000],
        ["weight", "good", 1_700_000_000, 1_700_000_001],
      ])
      const cursors = yield* (yield* SyncCursor).of(PersonId("ann"))
      assert.deepStrictEqual(cursors.map(({ feed, newestModified }) => [feed, newestModified]).toSorted(), [
        ["getmeas", 0],
        ["night", 1_700_000_000],
      ])
      const household = yield* HouseholdStore
      assert.deepStrictEqual(
        (yield* household.presences).map(({ deviceId }) => deviceId),
        ["other"],
      )
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a machine that starts in 1970 loses nothing by it", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE person SET last_success = ${now}`
      yield* storedBefore(String(now), String(now), "weight", "good")
      yield* repair
      assert.strictEqual((yield* (yield* MeasureStore).latest).length, 1)
    }).pipe(Effect.provide(layer)),
  )

  if (store.kind === "SQLite")
    it.effect("a fraction of a second is cut off, which only SQLite ever took", () =>
      Effect.gen(function* () {
        yield* storedBefore("1700000000.5", "1700000001.5", "weight", "half")
        yield* atTime(now)(repair)
        const latest = yield* (yield* MeasureStore).latest
        assert.deepStrictEqual(
          latest.map(({ at, modified }) => [at, modified]),
          [[1_700_000_000, 1_700_000_001]],
        )
      }).pipe(Effect.provide(layer)),
    )
})
