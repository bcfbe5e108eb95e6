import type { SqlClient } from "@effect/sql"
import { Duration, Effect, Option, Ref, Schedule, Stream, SubscriptionRef } from "effect"
import { describe } from "./device/describe.ts"
import type { DeviceDescriptor } from "./device/DeviceDescriptor.ts"
import type { Household, HouseholdChange, Revision } from "./device/Household.ts"
import { leaveOut } from "./device/leaveOut.ts"
import { toMeasuredEvents } from "./device/measured.ts"
import type { Measure } from "./measure/Measure.ts"
import type { Moment } from "./moment/Moment.ts"
import { toActs } from "./moment/toActs.ts"
import type { ChangeFeed } from "./store/ChangeFeed.ts"
import type { knownNow } from "./store/knownNow.ts"
import type { MeasureStore } from "./store/MeasureStore.ts"
import { momentsBetween } from "./store/momentRows.ts"

/** A change with all its moments, however old. */
export interface TimedChange extends HouseholdChange {
  /** Epoch seconds by the clock of the process that read it. */
  readonly at: number
}

/** What changes are worked out of. */
export interface ChangeNeeds {
  readonly sql: SqlClient.SqlClient
  readonly household: string
  readonly feed: ChangeFeed["Type"]
  readonly measures: MeasureStore["Type"]
  readonly look: ReturnType<typeof looking>
}

/** Staleness depends on time, so describe again once a minute even without a commit. */
const lookAgain = Duration.minutes(1)

/** Works out the household as it stands at a revision. */
export const looking =
  (read: Effect.Effect.Success<typeof knownNow>, values: Household["values"]) => (revision: Revision) =>
    Effect.map(read, ({ known }) => {
      const { devices, leftOut: ids, persons } = known
      const { leftOut, shown } = leaveOut(describe(known), ids)
      const now: Household = { revision, persons, values, descriptors: shown, leftOut }
      const eventsOf = (fresh: ReadonlyArray<Measure>) =>
        toMeasuredEvents(fresh, devices).filter(({ descriptorId }) => !ids.has(descriptorId))
      const isShown = ({ descriptorId }: Moment) => !ids.has(descriptorId)
      return { now, at: known.now, eventsOf, isShown }
    })

/** Where everything stands, then every change, from a revision on; null: from now on. */
export const changesAfter = ({ feed, household, look, measures, sql }: ChangeNeeds, after: Revision | null) =>
  Effect.gen(function* () {
    // A home may come from a process that has heard of more commits. It must not be told of them again.
    yield* feed.catchUp
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

const sameReadings = (
  before: ReadonlyArray<DeviceDescriptor> | null,
  now: ReadonlyArray<DeviceDescriptor>,
): boolean => before !== null && JSON.stringify(before) === JSON.stringify(now)
