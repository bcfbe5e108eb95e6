import { SqlClient } from "@effect/sql"
import { Context, Duration, Effect, Layer, Schedule, type Scope } from "effect"
import { dialectOf } from "./Dialect.ts"
import { isGone, newHolder, processOf } from "./LeaseHolder.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/**
 * The exclusive right, among all processes that share the store, to sync one person, refresh one token or listen for
 * webhooks. The fencing number grows with every new holder.
 */
export interface LeaseGrant {
  readonly name: string
  readonly fencing: number
}

export interface LeaseHolding {
  /** "sync:" with a person's id, or "webhooks". */
  readonly name: string
  /** Process id; null for a process of another host or container. */
  readonly pid: number | null
}

/** Long enough for a busy machine, short enough to replace a holder that died on another host within 15 seconds. */
const lasts = Duration.seconds(10)
/**
 * An expiry further ahead was written before the clock was set back, and must not lock others out for hours. Twice the
 * normal time, to tolerate small corrections of a clock.
 */
const furthest = Duration.times(lasts, 2)
const renewEvery = Duration.seconds(3)
const askEvery = Duration.millis(250)

export class Lease extends Context.Tag("@withings-bridge/core/store/Lease")<
  Lease,
  {
    /** Takes a free or expired lease, renews it in the background, and releases it when the scope ends. */
    readonly tryAcquire: (name: string) => Effect.Effect<LeaseGrant | null, StoreError, Scope.Scope>
    /** Like `tryAcquire`, but takes the lease from its current holder, who must not write any more. */
    readonly seize: (name: string) => Effect.Effect<LeaseGrant, StoreError, Scope.Scope>
    /** Waits for the lease, runs the effect, releases the lease. */
    readonly withLease: (
      name: string,
    ) => <A, E, R>(use: (grant: LeaseGrant) => Effect.Effect<A, E, R>) => Effect.Effect<A, E | StoreError, R>
    /**
     * False once another process has taken the lease. Call it inside the transaction that depends on it. An expired lease
     * still counts, because its renewal may be waiting for that transaction.
     */
    readonly holds: (grant: LeaseGrant) => Effect.Effect<boolean, StoreError>
    /** All current leases, for status displays. */
    readonly holdings: Effect.Effect<ReadonlyArray<LeaseHolding>, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<Lease, never, SqlClient.SqlClient> = Layer.effect(
    Lease,
    Effect.map(SqlClient.SqlClient, (sql) => {
      const tryAcquire = (name: string) =>
        Effect.uninterruptible(
          Effect.flatMap(takeOver(sql, name, newHolder()), (grant) =>
            grant === null ? Effect.succeed(null) : keep(sql, grant),
          ),
        )
      const acquire = (name: string): Effect.Effect<LeaseGrant, StoreError, Scope.Scope> =>
        Effect.flatMap(tryAcquire(name), (grant) =>
          grant === null
            ? Effect.delay(
                Effect.suspend(() => acquire(name)),
                askEvery,
              )
            : Effect.succeed(grant),
        )
      return Lease.of({
        tryAcquire,
        seize: (name) =>
          Effect.uninterruptible(Effect.flatMap(takeFromAnyone(sql, name), (grant) => keep(sql, grant))),
        withLease: (name) => (use) => Effect.scoped(Effect.flatMap(acquire(name), use)),
        holds: (grant) => holds(sql, grant),
        holdings: holdings(sql),
      })
    }),
  )
}

type Sql = SqlClient.SqlClient

/** null: another process has it. */
const take = (sql: Sql, name: string, holder: string) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    const rows = yield* sql<{ fencing: number }>`
      INSERT INTO lease (name, holder, expires_at, fencing)
      VALUES (${name}, ${holder}, ${now} + ${Duration.toMillis(lasts)}, 1)
      ON CONFLICT (name) DO UPDATE
        SET holder = excluded.holder, expires_at = excluded.expires_at, fencing = lease.fencing + 1
        WHERE lease.expires_at <= ${now} OR lease.expires_at > ${now} + ${Duration.toMillis(furthest)}
      RETURNING fencing`
    const row = rows[0]
    return row === undefined ? null : { name, fencing: row.fencing }
  }).pipe(storeError(`take the lease ${name}`))

const takeFromAnyone = (sql: Sql, name: string) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    const rows = yield* sql<{ fencing: number }>`
      INSERT INTO lease (name, holder, expires_at, fencing)
      VALUES (${name}, ${newHolder()}, ${now} + ${Duration.toMillis(lasts)}, 1)
      ON CONFLICT (name) DO UPDATE
        SET holder = excluded.holder, expires_at = excluded.expires_at, fencing = lease.fencing + 1
      RETURNING fencing`
    return { name, fencing: rows[0]?.fencing ?? 0 }
  }).pipe(storeError(`take the lease ${name}`))

const expireIfGone = (sql: Sql, name: string) =>
  Effect.gen(function* () {
    const rows = yield* sql<{ holder: string; fencing: number }>`
      SELECT holder, fencing FROM lease WHERE name = ${name} AND expires_at > 0`
    const row = rows[0]
    if (row === undefined || !isGone(row.holder)) return false
    yield* sql`UPDATE lease SET expires_at = 0 WHERE name = ${name} AND fencing = ${row.fencing}`
    return true
  }).pipe(storeError(`read the lease ${name}`))

const takeOver = (sql: Sql, name: string, holder: string) =>
  Effect.gen(function* () {
    const grant = yield* take(sql, name, holder)
    if (grant !== null) return grant
    return (yield* expireIfGone(sql, name)) ? yield* take(sql, name, holder) : null
  })

const keep = (sql: Sql, grant: LeaseGrant) =>
  Effect.gen(function* () {
    yield* Effect.addFinalizer(() => Effect.ignore(giveBack(sql, grant)))
    // The caller is uninterruptible, which the fiber must not inherit.
    yield* renew(sql, grant).pipe(
      Effect.ignore,
      Effect.schedule(Schedule.spaced(renewEvery)),
      Effect.interruptible,
      Effect.forkScoped,
    )
    return grant
  })

/** By fencing number: a holder that slept past its expiry must not renew the lease of another one. */
const renew = (sql: Sql, grant: LeaseGrant) =>
  Effect.flatMap(
    dialectOf(sql).now,
    (now) => sql`UPDATE lease SET expires_at = ${now} + ${Duration.toMillis(lasts)}
      WHERE name = ${grant.name} AND fencing = ${grant.fencing}`,
  )

const giveBack = (sql: Sql, grant: LeaseGrant) =>
  sql`UPDATE lease SET expires_at = 0 WHERE name = ${grant.name} AND fencing = ${grant.fencing}`

const holds = (sql: Sql, grant: LeaseGrant) => {
  // Other processes wait for the lease until the transaction ends.
  const { forShare } = dialectOf(sql)
  return sql<{ fencing: number }>`
    SELECT fencing FROM lease WHERE name = ${grant.name} AND expires_at > 0 ${forShare}`.pipe(
    Effect.map((rows) => rows[0]?.fencing === grant.fencing),
    storeError(`read the lease ${grant.name}`),
  )
}

const holdings = (sql: Sql) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    const rows = yield* sql<{ name: string; holder: string }>`
      SELECT name, holder FROM lease WHERE expires_at > ${now} ORDER BY name`
    return rows
      .filter(({ holder }) => !isGone(holder))
      .map(({ holder, name }) => ({ name, pid: processOf(holder) }))
  }).pipe(storeError("read the leases"))
