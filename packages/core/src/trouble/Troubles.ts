import { SqlClient } from "@effect/sql"
import { Context, Duration, Effect, Layer, Schedule, Stream, SubscriptionRef } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdId } from "../store/HouseholdId.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { newHolder } from "../store/LeaseHolder.ts"
import { standingTroubles } from "./standingTroubles.ts"
import {
  toTrouble,
  troubleKey,
  troubleText,
  type Reported,
  type Trouble,
  type TroubleCode,
} from "./Trouble.ts"
import { keepTrouble, dropTrouble, sharedTroubles } from "./troubleRows.ts"

/**
 * What is wrong now, since when, and what to do about it: one list for the log, `status`, `doctor`, the console and the
 * apps. A process reports what it finds and takes it back when it is over; the store shares it with the other processes.
 * Where persons stand with Withings is in the list without being reported.
 */
export class Troubles extends Context.Tag("@withings-bridge/core/trouble/Troubles")<
  Troubles,
  {
    /** Starts a trouble and logs it; a repeated report changes its sentences at most. Never fails. */
    readonly report: (trouble: Reported) => Effect.Effect<void>
    /** Ends a trouble that this process reported and logs that; nothing happens when there is none. Never fails. */
    readonly resolve: (code: TroubleCode, aboutId?: string) => Effect.Effect<void>
    /** The troubles of all processes, the oldest first. A store that cannot be read is one of them. */
    readonly current: Effect.Effect<ReadonlyArray<Trouble>>
    /** The list now, and again whenever it may have changed. */
    readonly changes: Stream.Stream<ReadonlyArray<Trouble>>
  }
>() {
  static readonly layer: Layer.Layer<Troubles, never, SqlClient.SqlClient | ChangeFeed | HouseholdStore> =
    Layer.suspend(() => Layer.scoped(Troubles, make))
}

/** Rows of this process are renewed this often, and those of others count for three times as long. */
const renewEvery = Duration.minutes(1)

const make = Effect.gen(function* () {
  const shelf: Shelf = {
    sql: yield* SqlClient.SqlClient,
    feed: yield* ChangeFeed,
    household: yield* HouseholdStore,
    householdId: yield* HouseholdId,
    holder: newHolder(),
    own: yield* SubscriptionRef.make<ReadonlyMap<string, Trouble>>(new Map()),
  }
  const { feed, holder, own, sql } = shelf
  const ofOwn = <E, R>(each: (trouble: Trouble) => Effect.Effect<void, E, R>) =>
    Effect.flatMap(SubscriptionRef.get(own), (all) => Effect.forEach(all.values(), each, { discard: true }))
  yield* Effect.addFinalizer(() => ofOwn((one) => Effect.ignore(dropTrouble(sql, holder, one))))
  yield* ofOwn((one) => share(shelf, one)).pipe(
    Effect.schedule(Schedule.spaced(renewEvery)),
    Effect.forkScoped,
  )
  const current = listOf(shelf)
  return Troubles.of({
    report: (reported) => report(shelf, reported),
    resolve: (code, aboutId) => resolve(shelf, troubleKey({ code, aboutId: aboutId ?? null })),
    current,
    changes: Stream.merge(
      feed.wakes,
      Stream.map(own.changes, () => undefined),
    ).pipe(
      Stream.mapEffect(() => current),
      Stream.changesWith((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    ),
  })
})

/** What this process reported, and where it shares that. */
interface Shelf {
  readonly sql: SqlClient.SqlClient
  readonly feed: ChangeFeed["Type"]
  readonly household: HouseholdStore["Type"]
  readonly householdId: string
  readonly holder: string
  readonly own: SubscriptionRef.SubscriptionRef<ReadonlyMap<string, Trouble>>
}

const share = ({ holder, householdId, sql }: Shelf, trouble: Trouble) =>
  Effect.flatMap(epochSeconds, (now) =>
    Effect.ignore(keepTrouble(sql, { holder, household: householdId }, trouble, now)),
  )

const report = Effect.fn("Troubles.report")(function* (shelf: Shelf, reported: Reported) {
  const now = yield* epochSeconds
  const { before, trouble } = yield* SubscriptionRef.modify(shelf.own, (all) => {
    const fresh = toTrouble(reported, now)
    const before = all.get(troubleKey(fresh))
    const trouble = { ...fresh, since: before?.since ?? now }
    return [{ before, trouble }, new Map(all).set(troubleKey(trouble), trouble)]
  })
  if (before !== undefined && troubleText(before) === troubleText(trouble)) return
  yield* share(shelf, trouble)
  if (before === undefined) yield* Effect.logWarning(troubleText(trouble))
  yield* shelf.feed.wake
})

const resolve = Effect.fn("Troubles.resolve")(function* ({ feed, holder, own, sql }: Shelf, key: string) {
  const ended = yield* SubscriptionRef.modify(own, (all) => {
    const left = new Map(all)
    left.delete(key)
    return [all.get(key), all.has(key) ? left : all]
  })
  if (ended === undefined) return
  yield* Effect.ignore(dropTrouble(sql, holder, ended))
  yield* Effect.logInfo(`No longer so: ${ended.about === null ? "" : `${ended.about}: `}${ended.found}`).pipe(
    // For hosts that show only warnings: whoever was told of a trouble wants to hear of its end.
    Effect.annotateLogs("trouble", "ended"),
  )
  yield* feed.wake
})

/** Of all processes, each once: as it was reported first. */
const listOf = (shelf: Shelf) =>
  Effect.gen(function* () {
    const own = yield* SubscriptionRef.get(shelf.own)
    const all = [...own.values(), ...(yield* shared(shelf))]
    const first = new Map<string, Trouble>()
    for (const one of all.toSorted((a, b) => a.since - b.since)) {
      const key = troubleKey(one)
      if (!first.has(key)) first.set(key, one)
    }
    return [...first.values()]
  })

const shared = ({ household, householdId, sql }: Shelf) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    const rows = yield* sharedTroubles(sql, householdId, now - 3 * Duration.toSeconds(renewEvery))
    return [...standingTroubles(yield* household.persons, now), ...rows]
  }).pipe(
    Effect.catchAll((error) =>
      Effect.map(epochSeconds, (now) => [
        toTrouble({ code: "store-unreachable", found: error.message }, now),
      ]),
    ),
  )
