import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, FastCheck, Layer } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { configFor } from "../../test/withingsLayer.ts"
import { Revision } from "../device/Household.ts"
import { insightKinds } from "../insight/insightKinds.ts"
import { type Measure, GroupId } from "../measure/Measure.ts"
import { PersonId } from "../measure/Person.ts"
import { homeHousehold } from "./HouseholdId.ts"
import { insightPast } from "./insightPast.ts"
import { layerStore } from "./Database.ts"
import { MeasureStore } from "./MeasureStore.ts"
import { recentPast } from "./recentPast.ts"

const now = 1_795_258_800
const day = 86_400

const measure = (kind: Measure["kind"], daysAgo: number, value: number, modified: number): Measure => ({
  personId: PersonId("ann"),
  source: "night",
  group: GroupId(`${kind} ${daysAgo}`),
  kind,
  position: null,
  at: now - daysAgo * day,
  value,
  deviceId: null,
  attribution: "device",
  modified,
})

const change = FastCheck.record({
  kind: FastCheck.constantFrom<Measure["kind"]>("weight", "sleep-time-in-bed", "steps"),
  daysAgo: FastCheck.integer({ min: 0, max: 100 }),
  value: FastCheck.integer({ min: 50, max: 90 }),
})

await onEveryStore((store) => {
  it.live("values for insights are those of the store, after any changes", () =>
    Effect.gen(function* () {
      const config = configFor("http://127.0.0.1:9", yield* store.newStore)
      yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        const { keep, latest } = yield* MeasureStore
        yield* sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
          VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0)`
        const kept = insightPast({ sql, household: homeHousehold })
        const changes = FastCheck.sample(change, { numRuns: 60, seed: 1 })
        for (const [index, { daysAgo, kind, value }] of changes.entries()) {
          const newest = measure(kind, daysAgo, value, index + 1)
          yield* keep({ personId: PersonId("ann"), source: "night", measures: [newest], firstHistory: false })
          const wasNewest = (yield* latest).some(
            ({ group, modified }) => group === newest.group && modified === index + 1,
          )
          // What corrects an older value is seen a minute later.
          const seenAt = now + index * 61 + (wasNewest ? -30 : 0)
          const inOrder = (past: ReadonlyArray<{ readonly kind: string; readonly at: number }>) =>
            past.toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1))
          const fresh = yield* recentPast({ sql, household: homeHousehold }, insightKinds, seenAt - 90 * day)
          assert.deepStrictEqual(inOrder(yield* kept(yield* latest, seenAt, Revision(index))), inOrder(fresh))
        }
        const later = now + 100 * 61
        const before = yield* kept(yield* latest, later, Revision(100))
        const unchanged = yield* kept(yield* latest, later + 3599, Revision(100))
        assert.strictEqual(unchanged, before, "read again though nothing changed")
        assert.notStrictEqual(yield* kept(yield* latest, later + 3600, Revision(100)), before)
      }).pipe(Effect.provide(Layer.provideMerge(MeasureStore.layer, layerStore(config))))
    }),
  )
})
