import { SqlClient } from "@effect/sql"
import {
  Clock,
  Context,
  Duration,
  Effect,
  Layer,
  Metric,
  Option,
  Ref,
  Schedule,
  Stream,
  SubscriptionRef,
} from "effect"
import { BridgeConfig, defaultAnnounceWithin } from "./BridgeConfig.ts"
import { describe } from "./device/describe.ts"
import type { DeviceDescriptor } from "./device/DeviceDescriptor.ts"
import type { Household, HouseholdChange } from "./device/Household.ts"
import { leaveOut } from "./device/leaveOut.ts"
import { toMeasuredEvents } from "./device/measured.ts"
import type { Measure } from "./measure/Measure.ts"
import { HouseholdRules } from "./HouseholdRules.ts"
import { isYoung, type Moment } from "./moment/Moment.ts"
import { toActs } from "./moment/toActs.ts"
import { announceOnce } from "./store/announcedMoments.ts"
import { ChangeFeed } from "./store/ChangeFeed.ts"
import { HeldStates } from "./store/HeldStates.ts"
import { HouseholdId } from "./store/HouseholdId.ts"
import { knownNow } from "./store/knownNow.ts"
import { momentsBetween } from "./store/momentRows.ts"
import { MeasureStore } from "./store/MeasureStore.ts"
import { tellDuration } from "./telemetry/metrics.ts"
import { storeError, type StoreError } from "./store/StoreError.ts"

export interface Consumer {
  readonly name: string
  readonly revision: number
  /** Epoch milliseconds. */
  readonly toldAt: number
}

export interface FollowOptions {
  /** Seconds for which a moment is young for this consumer; left out: as for all. */
  readonly announceWithin?: number
  /** Tells apart several of one name that share a home folder, like two Homebridges: each is told every moment. */
  readonly instance?: string
}

/** A change with all its moments, however old. */
export interface TimedChange extends HouseholdChange {
  /** Epoch seconds by the clock of the process that read it. */
  readonly at: number
}

/** Where every app gets what it shows: the household as it stands, and each change to it. */
export class HouseholdFeed extends Context.Tag("@withings-bridge/core/HouseholdFeed")<
  HouseholdFeed,
  {
    readonly current: Effect.Effect<Household, StoreError>
    /**
     * Calls the handler at once with where everything stands, then after every change, whichever process made it;
     * changes that come while the handler works are given to it together. The consumer's revision is kept when the
     * handler succeeds: over restarts no measured event is lost, and none is told twice unless the handler failed. A
     * moment is given once, over restarts and failures of the handler too, and only while it is young. A handler that
     * is given moments is not interrupted; what takes long in it may be made interruptible again.
     * A consumer that is new is told no measured events of the past.
     */
    readonly follow: <E, R>(
      consumer: string,
      handler: (change: HouseholdChange) => Effect.Effect<void, E, R>,
      options?: FollowOptions,
    ) => Effect.Effect<never, E | StoreError, R>
    /**
     * Where everything stands, then every change, from a revision on that the caller keeps; null: from now on, without
     * what happened before. The caller decides which moments are young, and gives none of them twice.
     */
    readonly changes: (after: number | null) => Stream.Stream<TimedChange, StoreError>
    /** How far each consumer has told its home. */
    readonly consumers: Effect.Effect<ReadonlyArray<Consumer>, StoreError>
  }
>() {
  static readonly layer = Layer.suspend(() =>
    Layer.effect(HouseholdFeed, make).pipe(
      Layer.provide(Layer.merge(HeldStates.layer, HouseholdRules.layer)),
    ),
  )
}

/** Staleness depends on time, so describe again once a minute even without a commit. */
const lookAgain = Duration.minutes(1)

const make = Effect.gen(function* () {
  const { announceWithin = defaultAnnounceWithin, values = "essential" } = yield* BridgeConfig
  const needs: Needs = {
    sql: yield* SqlClient.SqlClient,
    household: yield* HouseholdId,
    feed: yield* ChangeFeed,
    measures: yield* MeasureStore,
    look: looking(yield* knownNow, values),
  }
  const { feed, household, look, sql } = needs
  return HouseholdFeed.of({
    current: Effect.flatMap(SubscriptionRef.get(feed.revision), (revision) =>
      Effect.map(look(revision), ({ now }) => now),
    ),
    changes: (after) => changesAfter(needs, after),
    follow: (name, handler, { announceWithin: within = announceWithin, instance = "" } = {}) =>
      follow(needs, { name, instance, handler, within }),
    consumers: sql<ConsumerRow>`SELECT * FROM consumer WHERE household_id = ${household} ORDER BY name`.pipe(
      Effect.map((rows) =>
        rows.map((row) => ({ name: row.name, revision: Number(row.revision), toldAt: Number(row.told_at) })),
      ),
      storeError("read how far each home was told"),
    ),
  })
})

interface ConsumerRow {
  readonly name: string
  readonly revision: number
  readonly told_at: number
}

interface Needs {
  readonly sql: SqlClient.SqlClient
  readonly household: string
  readonly feed: ChangeFeed["Type"]
  readonly measures: MeasureStore["Type"]
  readonly look: ReturnType<typeof looking>
}

/** Works out the household as it stands at a revision. */
const looking =
  (read: Effect.Effect.Success<typeof knownNow>, values: Household["values"]) => (revision: number) =>
    Effect.map(read, ({ known }) => {
      const { devices, leftOut: ids, persons } = known
      const { leftOut, shown } = leaveOut(describe(known), ids)
      const now: Household = { revision, persons, values, descriptors: shown, leftOut }
      const eventsOf = (fresh: ReadonlyArray<Measure>) =>
        toMeasuredEvents(fresh, devices).filter(({ descriptorId }) => !ids.has(descriptorId))
      const isShown = ({ descriptorId }: Moment) => !ids.has(descriptorId)
      return { now, at: known.now, eventsOf, isShown }
    })

const changesAfter = ({ feed, household, look, measures, sql }: Needs, after: number | null) =>
  Effect.gen(function* () {
    const reached = yield* Ref.make(after ?? (yield* SubscriptionRef.get(feed.revision)))
    const shown = yield* Ref.make<ReadonlyArray<DeviceDescriptor> | null>(null)
    const next = Effect.gen(function* () {
      const revision = yield* SubscriptionRef.get(feed.revision)
      const before = yield* Ref.get(reached)
      const { at, eventsOf, isShown, now } = yield* look(revision)
      if (revision === before && sameReadings(yield* Ref.get(shown), now.descriptors)) return Option.none()
      const fresh = yield* measures.born(before, revision)
      const happened = yield* momentsBetween({ sql, household }, before, revision)
      const measured = eventsOf(fresh)
      const moments = [...toActs(measured, fresh), ...happened.filter(isShown)]
      yield* Ref.set(reached, revision)
      yield* Ref.set(shown, now.descriptors)
      return Option.some<TimedChange>({ household: now, measured, moments, at })
    })
    return Stream.merge(feed.revision.changes, Stream.fromSchedule(Schedule.spaced(lookAgain))).pipe(
      Stream.buffer({ capacity: 1, strategy: "sliding" }),
      Stream.mapEffect(() => next),
      Stream.filterMap((change) => change),
    )
  }).pipe(Stream.unwrap)

interface Follower<E, R> {
  readonly name: string
  readonly instance: string
  readonly handler: (change: HouseholdChange) => Effect.Effect<void, E, R>
  /** Seconds for which a moment is young. */
  readonly within: number
}

const follow = <E, R>(needs: Needs, { handler, instance, name, within }: Follower<E, R>) => {
  const tell = ({ at, household, measured, moments }: TimedChange) =>
    Effect.zipRight(
      tellOnce(
        moments.filter((moment) => isYoung(moment, at, within)),
        {
          announceOnce: (young) => announceOnce(needs.sql, `${name} ${instance}`.trim(), at, young),
          tell: (fresh) => telling(name, handler({ household, measured, moments: fresh })),
        },
      ),
      told(needs, name, household.revision),
    )
  return Effect.flatMap(startOf(needs, name), (start) =>
    Stream.runForEach(changesAfter(needs, start), tell),
  ).pipe(Effect.zipRight(Effect.never))
}

/** From where a consumer goes on: a new one from now. */
const startOf = ({ feed, household, sql }: Needs, consumer: string) =>
  Effect.gen(function* () {
    const rows = yield* sql<{ revision: number }>`
      SELECT revision FROM consumer WHERE household_id = ${household} AND name = ${consumer}`
    return rows[0] === undefined ? yield* SubscriptionRef.get(feed.revision) : Number(rows[0].revision)
  }).pipe(storeError("read how far a home was told"))

const told = ({ household, sql }: Needs, consumer: string, revision: number) =>
  Effect.flatMap(
    Clock.currentTimeMillis,
    (now) => sql`
      INSERT INTO consumer (household_id, name, revision, told_at)
      VALUES (${household}, ${consumer}, ${revision}, ${now})
      ON CONFLICT (household_id, name) DO UPDATE SET revision = excluded.revision, told_at = excluded.told_at`,
  ).pipe(storeError("keep how far a home was told"))

const sameReadings = (
  before: ReadonlyArray<DeviceDescriptor> | null,
  now: ReadonlyArray<DeviceDescriptor>,
): boolean => before !== null && JSON.stringify(before) === JSON.stringify(now)

/** Notes what is announced before it is told, and is not interrupted in between. */
export const tellOnce = <E1, E2, R>(
  young: ReadonlyArray<Moment>,
  to: {
    readonly announceOnce: (young: ReadonlyArray<Moment>) => Effect.Effect<ReadonlyArray<Moment>, E1>
    readonly tell: (fresh: ReadonlyArray<Moment>) => Effect.Effect<void, E2, R>
  },
): Effect.Effect<void, E1 | E2, R> =>
  young.length === 0 ? to.tell([]) : Effect.uninterruptible(Effect.flatMap(to.announceOnce(young), to.tell))

/** Measures how long it takes to tell a home. */
export const telling = <E, R>(consumer: string, telling: Effect.Effect<void, E, R>) =>
  telling.pipe(
    Metric.trackDurationWith(Metric.tagged(tellDuration, "consumer", consumer), Duration.toMillis),
    Effect.withSpan("home.tell", { attributes: { consumer } }),
  )
