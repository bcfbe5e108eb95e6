import { SqlClient, SqlError } from "@effect/sql"
import { Context, Effect, Layer, Option, Stream, SubscriptionRef } from "effect"
import { join } from "node:path"
import { Revision } from "../device/Household.ts"
import { dialectOf } from "./Dialect.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { Signal, signalByFile } from "./Signal.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/**
 * The revision of the household: a number that grows with every commit that changed anything a home may show, whichever
 * process made it. It is bumped in the transaction of the change; a signal wakes the other processes.
 */
export class ChangeFeed extends Context.Tag("@withings-bridge/core/store/ChangeFeed")<
  ChangeFeed,
  {
    readonly revision: SubscriptionRef.SubscriptionRef<Revision>
    /**
     * Runs the effect in one transaction, with the revision its changes get; `changed` of its answer says whether
     * there are any. The new revision is kept and told only then.
     */
    readonly commit: <A, E, R>(
      change: (revision: Revision) => Effect.Effect<Changed<A>, E, R>,
    ) => Effect.Effect<A, Exclude<E, SqlError.SqlError> | StoreError, R>
    /** For whoever changed the store by other ways than `commit`, like a request to sync: wakes every process. */
    readonly wake: Effect.Effect<void>
    /** Emits whenever any process committed or woke, and now and then besides. */
    readonly wakes: Stream.Stream<void>
  }
>() {
  /** By a signal that several households may share. */
  static readonly layer: Layer.Layer<ChangeFeed, StoreError, SqlClient.SqlClient | Signal> = Layer.suspend(
    () => Layer.scoped(ChangeFeed, make),
  )

  /** For processes that share a folder. */
  static readonly layerFolder = (folder: string): Layer.Layer<ChangeFeed, StoreError, SqlClient.SqlClient> =>
    Layer.provide(ChangeFeed.layer, Layer.effect(Signal, signalByFile(join(folder, "signal"))))

  /** For one process alone. */
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

  const revision = yield* SubscriptionRef.make(yield* read.pipe(storeError("read its revision")))
  const wakes = yield* SubscriptionRef.make(0)
  // A revision read before another fiber's commit may come late: it must not take the feed back.
  const tell = (reached: Revision) =>
    SubscriptionRef.get(revision).pipe(
      Effect.flatMap((told) =>
        told < reached
          ? SubscriptionRef.update(revision, (told) => (told < reached ? reached : told))
          : Effect.void,
      ),
      Effect.zipRight(SubscriptionRef.update(wakes, (n) => n + 1)),
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
      // A connection that was lost cannot roll back either, which the client takes for a defect.
      Effect.catchSomeDefect((defect) =>
        defect instanceof SqlError.SqlError ? Option.some(Effect.fail(defect)) : Option.none(),
      ),
      // What is committed is told, even when whoever committed is interrupted just then.
      Effect.tap(({ reached }) =>
        reached === null ? Effect.void : Effect.zipRight(tell(reached), signal.send(household)),
      ),
      Effect.map(({ value }) => value),
      Effect.catchIf(isSqlError, (cause) => Effect.fail(cause).pipe(storeError("keep a change"))),
    )

  return ChangeFeed.of({
    revision,
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
