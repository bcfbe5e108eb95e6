import { SqlClient } from "@effect/sql"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, type Scope, SubscriptionRef } from "effect"
import { DescriptorId } from "../src/device/DeviceDescriptor.ts"
import { Revision } from "../src/device/Household.ts"
import { Millis } from "../src/epochSeconds.ts"
import { DeviceId } from "../src/measure/Device.ts"
import { History } from "../src/store/History.ts"
import { type Measure, GroupId } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import { HouseholdId } from "../src/store/HouseholdId.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { LeftOut } from "../src/store/LeftOut.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { Subscriptions } from "../src/store/Subscriptions.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { Weighings } from "../src/store/Weighings.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { onEveryStore } from "./postgres.ts"
import { signedIn } from "./signedIn.ts"

const services = Layer.mergeAll(
  HouseholdStore.layer,
  History.layer,
  LeftOut.layer,
  MeasureStore.layer,
  PersonStore.layer,
  Subscriptions.layer,
  SyncCursor.layer,
  Weighings.layer,
)

const weight = (personId: PersonId, value: number): Measure => ({
  personId,
  source: "getmeas",
  group: GroupId("1"),
  kind: "weight",
  position: null,
  at: 1_700_000_000,
  value,
  deviceId: DeviceId("scale"),
  attribution: "ambiguous",
  modified: 1_700_000_000,
})

/** Everything of a household that anyone can ask its core for. */
const seen = Effect.gen(function* () {
  const { devices, persons, presences } = yield* HouseholdStore
  const measures = yield* MeasureStore
  const cursors = yield* SyncCursor
  return {
    persons: (yield* persons).map(({ name }) => name),
    known: (yield* (yield* PersonStore).all).map(({ person }) => person.name),
    devices: (yield* devices).map(({ id }) => id),
    presences: (yield* presences).map(({ deviceId }) => deviceId),
    latest: (yield* measures.latest).length,
    born: (yield* measures.born(Revision(0), Revision(1e9))).map(({ value }) => value),
    counts: (yield* (yield* History).counts).length,
    leftOut: [...(yield* (yield* LeftOut).ids)],
    waiting: yield* cursors.waiting,
    cursors: yield* cursors.all,
    subscriptions: (yield* (yield* Subscriptions).all).length,
    weighings: (yield* (yield* Weighings).all).map((one) => one.weight),
    revision: yield* SubscriptionRef.get((yield* ChangeFeed).revision),
  }
})

const fill = (userId: string, name: string) =>
  Effect.gen(function* () {
    const { id } = yield* (yield* PersonStore).keep(signedIn(userId, name))
    const household = yield* HouseholdStore
    const mat = {
      personId: id,
      id: DeviceId(`mat of ${name}`),
      type: "Sleep Monitor",
      model: "Sleep",
      modelId: 63,
      battery: null,
      timezone: null,
      firstSession: 1,
      lastSession: 1,
      linked: true,
    }
    yield* household.keepDevices(id, [mat])
    yield* household.keepPresence({
      personId: id,
      deviceId: DeviceId(mat.id),
      inBed: true,
      at: 5,
      source: "webhook",
    })
    const value = Number(userId)
    yield* (yield* MeasureStore).keep({
      personId: id,
      source: "getmeas",
      measures: [weight(id, value)],
      firstHistory: false,
    })
    yield* (yield* LeftOut).leaveOut(DescriptorId(`left out by ${name}`))
    yield* (yield* SyncCursor).request(id, { feed: "getmeas", askedAt: Millis(1), window: null })
    yield* (yield* Subscriptions).stand(
      { personId: id, receiver: "webhooks", callback: "hash", applis: [1] },
      true,
    )
    return id
  })

await onEveryStore(({ kind, layer }) => {
  /** Cores of several households on one store. */
  const household = (store: Context.Context<SqlClient.SqlClient | ChangeFeed>, id: string) =>
    Effect.gen(function* () {
      const sql = Context.get(store, SqlClient.SqlClient)
      yield* sql`INSERT INTO household (id, revision, created_at) VALUES (${id}, 0, 0) ON CONFLICT (id) DO NOTHING`
      return yield* Layer.build(
        Layer.provideMerge(services, Layer.fresh(ChangeFeed.layerMemory)).pipe(
          Layer.provideMerge(Layer.succeed(SqlClient.SqlClient, sql)),
          Layer.provide(Layer.succeed(HouseholdId, id)),
          Layer.fresh,
        ),
      )
    })
  const withStore = <A, E>(
    use: (store: Context.Context<SqlClient.SqlClient | ChangeFeed>) => Effect.Effect<A, E, Scope.Scope>,
  ) => Effect.scoped(Effect.flatMap(Layer.build(Layer.fresh(layer)), use))

  describe(`households of one store, ${kind}`, () => {
    it.live("see nothing of each other, and one's change wakes no other", () =>
      withStore((store) =>
        Effect.gen(function* () {
          const [oaks, elms, empty] = [
            yield* household(store, "oaks"),
            yield* household(store, "elms"),
            yield* household(store, "empty"),
          ]
          yield* Effect.provide(fill("70", "Ann"), oaks)
          const before = yield* Effect.provide(seen, oaks)
          yield* Effect.provide(fill("80", "Bob"), elms)
          assert.deepStrictEqual(yield* Effect.provide(seen, oaks), before)
          assert.deepStrictEqual(before.persons, ["Ann"])
          assert.deepStrictEqual(before.born, [70])
          assert.deepStrictEqual(before.weighings, [70])
          assert.deepStrictEqual(before.leftOut, ["left out by Ann"])
          const nothing = yield* Effect.provide(seen, empty)
          for (const [what, found] of Object.entries(nothing))
            assert.deepStrictEqual(found, typeof found === "number" ? 0 : [], what)
        }),
      ),
    )

    it.live("keep their persons: someone who signs in to a second household stays in the first", () =>
      withStore((store) =>
        Effect.gen(function* () {
          const [oaks, elms] = [yield* household(store, "oaks"), yield* household(store, "elms")]
          const keep = Effect.flatMap(PersonStore, (persons) => persons.keep(signedIn("70", "Ann")))
          const { id } = yield* Effect.provide(keep, oaks)
          const refused = yield* Effect.flip(Effect.provide(keep, elms))
          assert.strictEqual(refused._tag, "OtherHousehold")
          const of = Effect.flatMap(HouseholdStore, (one) => one.personOf("70"))
          assert.strictEqual((yield* Effect.provide(of, oaks))?.id, id)
          assert.isNull(yield* Effect.provide(of, elms))
        }),
      ),
    )

    it.live.skipIf(kind !== "SQLite")("find their rows by an index", () =>
      withStore((store) =>
        Effect.gen(function* () {
          const sql = Context.get(store, SqlClient.SqlClient)
          const own = "person_id IN (SELECT id FROM person WHERE household_id = 'oaks')"
          const queries = [
            "SELECT * FROM person WHERE household_id = 'oaks' AND withings_user_id = '7'",
            ...[
              "latest",
              "device",
              "presence",
              "moment",
              "announced",
              "subscription",
              "sync_cursor",
              "sync_request",
            ].map((table) => `SELECT * FROM ${table} WHERE ${own}`),
            `SELECT * FROM measure WHERE ${own} AND born > 0 AND born > 5 AND born <= 9`,
            `SELECT * FROM measure WHERE ${own} AND attribution IN ('ambiguous', 'claimed')`,
            ...["consumer", "left_out", "held_state", "claim", "trouble"].map(
              (table) => `SELECT * FROM ${table} WHERE household_id = 'oaks'`,
            ),
          ]
          for (const query of queries) {
            const plan = yield* sql.unsafe<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
            const scans = plan.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN"))
            assert.deepStrictEqual(scans, [], query)
          }
        }),
      ),
    )
  })
})
