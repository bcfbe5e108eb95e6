import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import { type Measure, GroupId } from "../src/measure/Measure.ts"
import { PersonId } from "../src/measure/Person.ts"
import { layerStore } from "../src/store/Database.ts"
import { Lease } from "../src/store/Lease.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { onEveryStore } from "./postgres.ts"
import { configFor } from "./withingsLayer.ts"

/** Longer than a lease lasts. */
const slow = "11 seconds"

const weight: Measure = {
  personId: PersonId("ann"),
  source: "getmeas",
  group: GroupId("1"),
  kind: "weight",
  position: null,
  at: 1_795_000_000,
  value: 70,
  deviceId: null,
  attribution: "device",
  modified: 1_795_000_000,
}

const ann = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql`INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
    VALUES ('ann', '1', 'client', 'Ann', 'signed-in', 0)`,
)

await onEveryStore((store) => {
  it.live(
    "a page whose transaction outlasts the lease is kept, also when someone else asks for the lease",
    () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", yield* store.newStore)
        const home = Layer.fresh(
          Layer.provideMerge(Layer.mergeAll(Lease.layer, MeasureStore.layer), layerStore(config)),
        )
        const someoneElse = Layer.fresh(Layer.provide(Lease.layer, layerStore(config)))
        yield* Effect.gen(function* () {
          yield* ann
          const lease = yield* Lease
          // Opened before: that would wait for the transaction too.
          const other = Context.get(yield* Layer.build(someoneElse), Lease)
          const grant = (yield* lease.tryAcquire("sync:ann")) ?? assert.fail("nobody else is there")
          const measures = yield* MeasureStore
          const page = {
            personId: PersonId("ann"),
            source: "getmeas",
            measures: [weight],
            firstHistory: true,
          } as const
          const kept = measures.keep(page, () =>
            Effect.zipRight(
              Effect.sleep(slow),
              Effect.filterOrFail(
                lease.holds(grant),
                (holds) => holds,
                () => "the lease is lost",
              ),
            ),
          )
          // Its time is over then, as far as it could not be renewed.
          const taking = Effect.delay(other.tryAcquire("sync:ann"), "10500 millis")
          yield* Effect.all([kept, taking], { concurrency: 2 })
          assert.deepStrictEqual(
            (yield* measures.latest).map(({ kind, value }) => [kind, value]),
            [["weight", 70]],
          )
        }).pipe(Effect.scoped, Effect.provide(home))
      }),
  )
})
