import { SqlClient } from "@effect/sql"
import { Context, Duration, Effect, Layer, Metric, Stream, SubscriptionRef } from "effect"
import { BridgeConfig, defaultAnnounceWithin } from "./BridgeConfig.ts"
import type { Household, HouseholdChange, Revision } from "./device/Household.ts"
import { type ChangeNeeds, changesAfter, looking, type TimedChange } from "./householdChanges.ts"
import { HouseholdRules } from "./HouseholdRules.ts"
import { isYoung, type Moment } from "./moment/Moment.ts"
import { announceOnce } from "./store/announcedMoments.ts"
import { ChangeFeed } from "./store/ChangeFeed.ts"
import { type Consumer, readConsumers, readReached, writeReached } from "./store/consumerRows.ts"
import { HeldStates } from "./store/HeldStates.ts"
import { HouseholdId } from "./store/HouseholdId.ts"
import { knownNow } from "./store/knownNow.ts"
import { MeasureStore } from "./store/MeasureStore.ts"
import type { StoreError } from "./store/StoreError.ts"
import { tellDuration } from "./telemetry/metrics.ts"

export type { Consumer } from "./store/consumerRows.ts"
export type { TimedChange } from "./householdChanges.ts"

export interface FollowOptions {
  /** Seconds for which a moment is young for this consumer; left out: the setting for all. */
  readonly announceWithin?: number
  /** Distinguishes consumers of one name that share a home folder, like two Homebridges: each gets every moment. */
  readonly instance?: string
}

/** What every app shows: the household as it stands, and each change to it. */
export class HouseholdFeed extends Context.Tag("@withings-bridge/core/HouseholdFeed")<
  HouseholdFeed,
  {
    readonly current: Effect.Effect<Household, StoreError>
    /**
     * Calls the handler with the current household, then after every change by any process; changes that arrive while
     * it runs are merged. The consumer's revision is stored when the handler succeeds: restarts lose no measured event,
     * and repeat one only if the handler failed. A moment is delivered at most once, and only while it is young. A
     * handler with moments is uninterruptible; long steps in it may be made interruptible again. A new consumer gets
     * no events of the past.
     */
    readonly follow: <E, R>(
      consumer: string,
      handler: (change: HouseholdChange) => Effect.Effect<void, E, R>,
      options?: FollowOptions,
    ) => Effect.Effect<never, E | StoreError, R>
    /**
     * The current household, then every change since a revision that the caller keeps; null: from now on. The caller
     * decides which moments are young, and delivers none of them twice.
     */
    readonly changes: (after: Revision | null) => Stream.Stream<TimedChange, StoreError>
    /** The revision that each consumer has delivered to its home. */
    readonly consumers: Effect.Effect<ReadonlyArray<Consumer>, StoreError>
  }
>() {
  static readonly layer = Layer.suspend(() =>
    Layer.effect(HouseholdFeed, make).pipe(
      Layer.provide(Layer.merge(HeldStates.layer, HouseholdRules.layer)),
    ),
  )
}

const make = Effect.gen(function* () {
  const { announceWithin = defaultAnnounceWithin, values = "essential" } = yield* BridgeConfig
  const needs: ChangeNeeds = {
    sql: yield* SqlClient.SqlClient,
    household: yield* HouseholdId,
    feed: yield* ChangeFeed,
    measures: yield* MeasureStore,
    look: looking(yield* knownNow, values),
  }
  const { feed, look } = needs
  return HouseholdFeed.of({
    current: Effect.flatMap(SubscriptionRef.get(feed.revision), (revision) =>
      Effect.map(look(revision), ({ now }) => now),
    ),
    changes: (after) => changesAfter(needs, after),
    follow: (name, handler, { announceWithin: within = announceWithin, instance = "" } = {}) =>
      follow(needs, { name, instance, handler, within }),
    consumers: readConsumers(needs),
  })
})

interface Follower<E, R> {
  readonly name: string
  readonly instance: string
  readonly handler: (change: HouseholdChange) => Effect.Effect<void, E, R>
  /** Seconds for which a moment is young. */
  readonly within: number
}

const follow = <E, R>(needs: ChangeNeeds, { handler, instance, name, within }: Follower<E, R>) => {
  const tell = ({ at, household, measured, moments }: TimedChange) =>
    Effect.zipRight(
      tellOnce(
        moments.filter((moment) => isYoung(moment, at, within)),
        {
          announceOnce: (young) => announceOnce(needs.sql, `${name} ${instance}`.trim(), at, young),
          tell: (fresh) => telling(name, handler({ household, measured, moments: fresh })),
        },
      ),
      writeReached(needs, name, household.revision),
    )
  return Effect.flatMap(startOf(needs, name), (start) =>
    Stream.runForEach(changesAfter(needs, start), tell),
  ).pipe(Effect.zipRight(Effect.never))
}

/** The revision that a consumer continues from; a new one starts from now. */
const startOf = (needs: ChangeNeeds, consumer: string) =>
  Effect.flatMap(readReached(needs, consumer), (revision) =>
    revision === null ? SubscriptionRef.get(needs.feed.revision) : Effect.succeed(revision),
  )

/** Marks moments as announced before it delivers them, uninterruptibly. */
export const tellOnce = <E1, E2, R>(
  young: ReadonlyArray<Moment>,
  to: {
    readonly announceOnce: (young: ReadonlyArray<Moment>) => Effect.Effect<ReadonlyArray<Moment>, E1>
    readonly tell: (fresh: ReadonlyArray<Moment>) => Effect.Effect<void, E2, R>
  },
): Effect.Effect<void, E1 | E2, R> =>
  young.length === 0 ? to.tell([]) : Effect.uninterruptible(Effect.flatMap(to.announceOnce(young), to.tell))

/** Measures how long a home takes to apply a change. */
export const telling = <E, R>(consumer: string, telling: Effect.Effect<void, E, R>) =>
  telling.pipe(
    Metric.trackDurationWith(Metric.tagged(tellDuration, "consumer", consumer), Duration.toMillis),
    Effect.withSpan("home.tell", { attributes: { consumer } }),
  )
