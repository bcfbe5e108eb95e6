import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Layer, Ref, Scope, TestClock, TestServices } from "effect"
import { onEveryStore } from "../../test/postgres.ts"
import { Lease } from "./Lease.ts"
import { dialectOf } from "./Dialect.ts"

/** Lets time pass in steps that leave a real server the time to answer in between. */
const passing = (duration: Duration.DurationInput) =>
  Effect.replicateEffect(
    Effect.zipRight(TestClock.adjust(step), TestServices.provideLive(Effect.sleep("5 millis"))),
    Math.ceil(Duration.toMillis(duration) / step),
    { discard: true },
  )
const step = 200

await onEveryStore((store) => {
  const layer = Layer.provideMerge(Lease.layer, store.layer)

  it.effect("one holds it, the next gets it when it is given back, with a higher fencing number", () =>
    Effect.gen(function* () {
      const lease = yield* Lease
      const first = yield* Scope.make()
      const held = yield* Scope.extend(lease.tryAcquire("sync:ann"), first)
      assert.strictEqual(yield* Effect.scoped(lease.tryAcquire("sync:ann")), null)
      assert.isNotNull(yield* Effect.scoped(lease.tryAcquire("sync:bea")))
      yield* Scope.close(first, Exit.void)
      const next = yield* Effect.scoped(lease.tryAcquire("sync:ann"))
      assert.isAbove(next?.fencing ?? 0, held?.fencing ?? 0)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("lists which process holds which lease, without released ones", () =>
    Effect.gen(function* () {
      const lease = yield* Lease
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* lease.tryAcquire("sync:seen")
          const seen = (yield* lease.holdings).filter(({ name }) => name === "sync:seen")
          assert.deepStrictEqual(seen, [{ name: "sync:seen", pid: process.pid }])
        }),
      )
      assert.isFalse((yield* lease.holdings).some(({ name }) => name === "sync:seen"))
    }).pipe(Effect.provide(layer)),
  )

  it.effect("it is renewed as long as its scope is open", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const lease = yield* Lease
        const held = yield* lease.tryAcquire("sync:ann")
        yield* passing("30 seconds")
        assert.isTrue(held !== null && (yield* lease.holds(held)))
      }),
    ).pipe(Effect.provide(layer)),
  )

  it.effect("a holder that died is followed after its time, and what it still writes is refused", () =>
    Effect.gen(function* () {
      const lease = yield* Lease
      const sql = yield* SqlClient.SqlClient
      yield* TestClock.adjust("1 minute")
      const now = yield* dialectOf(sql).now
      yield* sql`INSERT INTO lease (name, holder, expires_at, fencing)
        VALUES ('sync:ann', 'dead', ${now} + 10000, 4)`
      const dead = { name: "sync:ann", fencing: 4 }
      assert.isTrue(yield* lease.holds(dead))
      assert.isNull(yield* Effect.scoped(lease.tryAcquire("sync:ann")))
      yield* sql`UPDATE lease SET expires_at = expires_at - 10000 WHERE name = 'sync:ann'`
      // Nobody else has it yet.
      assert.isTrue(yield* lease.holds(dead))
      const next = yield* Effect.scoped(lease.tryAcquire("sync:ann"))
      assert.isFalse(yield* lease.holds(dead))
      assert.strictEqual(next?.fencing, 5)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("of many that wait, one works at a time and all get their turn", () =>
    Effect.gen(function* () {
      const lease = yield* Lease
      const inside = yield* Ref.make(0)
      const done = yield* Ref.make(0)
      const work = lease.withLease("token:ann")(() =>
        Effect.gen(function* () {
          assert.strictEqual(yield* Ref.updateAndGet(inside, (n) => n + 1), 1)
          yield* Effect.sleep("10 millis")
          yield* Ref.update(inside, (n) => n - 1)
          yield* Ref.update(done, (n) => n + 1)
        }),
      )
      const all = yield* Effect.fork(
        Effect.all(
          Array.from({ length: 5 }, () => work),
          { concurrency: "unbounded" },
        ),
      )
      yield* Effect.raceFirst(Fiber.join(all), Effect.forever(passing("1 second")))
      assert.strictEqual(yield* Ref.get(done), 5)
    }).pipe(Effect.provide(layer)),
  )

  it.effect("a clock that was set back by hours does not keep a dead holder's lease", () =>
    Effect.gen(function* () {
      const lease = yield* Lease
      const sql = yield* SqlClient.SqlClient
      const now = yield* dialectOf(sql).now
      const hours = 3 * 3_600_000
      yield* sql`INSERT INTO lease (name, holder, expires_at, fencing)
        VALUES ('sync:ann', 'dead', ${now} + ${hours}, 4)`
      const next = yield* Effect.scoped(lease.tryAcquire("sync:ann"))
      assert.strictEqual(next?.fencing, 5)
      // One whose clock is a few seconds ahead is alive.
      yield* sql`UPDATE lease SET expires_at = ${now} + 15000 WHERE name = 'sync:ann'`
      assert.isNull(yield* Effect.scoped(lease.tryAcquire("sync:ann")))
    }).pipe(Effect.provide(layer)),
  )

  // A file is used by one machine, and its clock counts.
  if (store.kind === "SQLite") return
  it.effect("works for machines whose clocks differ by a minute", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const lease = yield* Lease
        const held = yield* lease.tryAcquire("sync:ann")
        for (const ahead of [60_000, 0]) {
          yield* TestClock.setTime(ahead)
          assert.isNull(yield* Effect.scoped(lease.tryAcquire("sync:ann")))
          assert.isTrue(held !== null && (yield* lease.holds(held)))
          assert.lengthOf(yield* lease.holdings, 1)
        }
      }),
    ).pipe(Effect.provide(layer)),
  )
})
