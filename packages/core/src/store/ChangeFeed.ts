import { SqlClient, SqlError } from "@effect/sql"
import { Context, Effect, Layer, Option, Stream, SubscriptionRef } from "effect"
import { join } from "node:path"
import { Revision } from "../device/Household.ts"
import { dialectOf } from "./Dialect.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { Signal, signalByFile } from "./Signal.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/**
 * The revision of the household: it grows with every commit of any process that changed what homes may show. It is
 * incremented in the transaction of the change; a signal wakes the other processes.
 */
export class ChangeFeed extends Context.Tag("@withings-bridge/core/store/ChangeFeed")<
  ChangeFeed,
  {
    /** As far as this process has heard: commits of others may be missing for a moment. */
    readonly revision: SubscriptionRef.SubscriptionRef<Revision>
    /** Brings the revision up to every commit until now. */
    readonly catchUp: Effect.Effect<void, StoreError>
    /**
     * Runs the effect in one transaction, with the revision that its changes get. The revision is stored and published
     * only if the result has `changed`.
     */
    readonly commit: <A, E, R>(
      change: (revision: Revision) => Effect.Effect<Changed<A>, E, R>,
    ) => Effect.Effect<A, Exclude<E, SqlError.SqlError> | StoreError, R>
    /** Wakes every process after a change without `commit`, like a request to sync. */
    readonly wake: Effect.Effect<void>
    /** Emits after every commit and wake of any process, and at intervals. */
    readonly wakes: Stream.Stream<void>
  }
>() {
  /** With a signal that several households may share. */
  static readonly layer: Layer.Layer<ChangeFeed, StoreError, SqlClient.SqlClient | Signal> = Layer.suspend(
    () => Layer.scoped(ChangeFeed, make),
  )

  /** For processes that share a folder. */
  static readonly layerFolder = (folder: string): Layer.Layer<ChangeFeed, StoreError, SqlClient.SqlClient> =>
    Layer.provide(ChangeFeed.layer, Layer.effect(Signal, signalByFile(join(folder, "signal"))))

  /** For a single process. */
  static readonly layerMemory: Layer.Layer<ChangeFeed, StoreError, SqlClient.SqlClient> = Layer.suspend(() =>
    Layer.provide(
      ChangeFeed.layer,
      Layer.succeed(Signal, { send: () => Effect.void, heard: () => Stream.never }),
    ),
  )
}

export interface Changed<A> {
  readonly value: A
  readonly changed: boolean
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const signal = yield* Signal
  const household = yield* HouseholdId
  const whose = sql`WHERE id = ${household}`
  const revisionOf = (rows: ReadonlyArray<{ readonly revision: number }>) => Revision(rows[0]?.revision ?? 0)
  const read = Effect.map(sql<{ revision: number }>`SELECT revision FROM household ${whose}`, revisionOf)
  const { forUpdate } = dialectOf(sql)
  const lock = Effect.map(
    sql<{ revision: number }>`SELECT revision FROM household ${whose} ${forUpdate}`,
    revisionOf,
  )

  const revision = yield* SubscriptionRef.make(yield* read.pipe(storeError("read the revision")))
  const wakes = yield* SubscriptionRef.make(0)
  // A revision that was read before another fiber's commit may arrive late, and must not move the feed back.
  const moveTo = (reached: Revision) =>
    Effect.flatMap(SubscriptionRef.get(revision), (told) =>
      told < reached
        ? SubscriptionRef.update(revision, (told) => (told < reached ? reached : told))
        : Effect.void,
    )
  const tell = (reached: Revision) =>
    Effect.zipRight(
      moveTo(reached),
      SubscriptionRef.update(wakes, (n) => n + 1),
    )
  yield* signal.heard(household).pipe(
    Stream.runForEach(() => Effect.ignore(Effect.flatMap(read, tell))),
    Effect.forkScoped,
  )

  const commit = <A, E, R>(change: (revision: Revision) => Effect.Effect<Changed<A>, E, R>) =>
    Effect.gen(function* () {
      const next = Revision((yield* lock) + 1)
      const { value, changed } = yield* change(next)
      if (changed) yield* sql`UPDATE household SET revision = ${next} ${whose}`
      return { value, reached: changed ? next : null }
    }).pipe(
      sql.withTransaction,
      // The rollback of a lost connection fails too, which the client treats as a defect.
      Effect.catchSomeDefect((defect) =>
        defect instanceof SqlError.SqlError ? Option.some(Effect.fail(defect)) : Option.none(),
      ),
      // Publish a commit even if the caller is interrupted.
      Effect.tap(({ reached }) =>
        reached === null ? Effect.void : Effect.zipRight(tell(reached), signal.send(household)),
      ),
      Effect.map(({ value }) => value),
      Effect.catchIf(isSqlError, (cause) => Effect.fail(cause).pipe(storeError("commit a change"))),
    )

  return ChangeFeed.of({
    revision,
    catchUp: Effect.flatMap(read, moveTo).pipe(storeError("read the revision")),
    commit,
    wake: Effect.zipRight(
      SubscriptionRef.update(wakes, (n) => n + 1),
      signal.send(household),
    ),
    wakes: Stream.map(wakes.changes, () => undefined),
  })
})

const isSqlError = <E>(error: E | SqlError.SqlError): error is SqlError.SqlError =>
  error instanceof SqlError.SqlError
