import { SqlClient } from "@effect/sql"
import { Context, Duration, Effect, Layer, Schedule, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdId } from "../store/HouseholdId.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { newHolder } from "../store/LeaseHolder.ts"
import { standingTroubles } from "./standingTroubles.ts"
import { ownTroubles } from "./ownTroubles.ts"
import { toTrouble, troubleKey, type Reported, type Trouble, type TroubleCode } from "./Trouble.ts"
import { keepTrouble, dropTrouble, sharedTroubles } from "./troubleRows.ts"

/**
 * What is wrong now, since when, and what to do about it: one list for the log, `status`, `doctor`, the console and the
 * apps. Each process reports and resolves its own troubles; the store shares them. The standing of persons with Withings
 * is included.
 */
export class Troubles extends Context.Tag("@withings-bridge/core/trouble/Troubles")<
  Troubles,
  {
    /** Starts a trouble and logs it; a repeated report only updates its sentences. Never fails. */
    readonly report: (trouble: Reported) => Effect.Effect<void>
    /** Ends a trouble that this process reported, if there is one, and logs that. Never fails. */
    readonly resolve: (code: TroubleCode, aboutId?: string) => Effect.Effect<void>
    /** The troubles of all processes, the oldest first. A store that cannot be read counts as one. */
    readonly current: Effect.Effect<ReadonlyArray<Trouble>>
    /** The list now, and again whenever it may have changed. */
    readonly changes: Stream.Stream<ReadonlyArray<Trouble>>
  }
>() {
  static readonly layer = Layer.suspend(() => Layer.scoped(Troubles, make))
}

/** Rows of others count for three times as long. */
const renewEvery = Duration.minutes(1)

const make = Effect.gen(function* () {
  const shelf: Shelf = {
    sql: yield* SqlClient.SqlClient,
    household: yield* HouseholdStore,
    householdId: yield* HouseholdId,
    holder: newHolder(),
    own: yield* ownTroubles,
  }
  const feed = yield* ChangeFeed
  const { holder, own, sql } = shelf
  const share = (trouble: Trouble) =>
    Effect.flatMap(epochSeconds, (now) =>
      Effect.ignore(keepTrouble(sql, { holder, household: shelf.householdId }, trouble, now)),
    )
  const drop = (trouble: Trouble) => Effect.ignore(dropTrouble(sql, holder, trouble))
  const ofOwn = (each: (trouble: Trouble) => Effect.Effect<void>) =>
    Effect.flatMap(own.all, (all) => Effect.forEach(all, each, { discard: true }))
  yield* Effect.addFinalizer(() => ofOwn(drop))
  yield* Effect.forkScoped(Effect.schedule(ofOwn(share), Schedule.spaced(renewEvery)))
  const current = listOf(shelf)
  return Troubles.of({
    report: (reported) =>
      Effect.flatMap(own.report(reported), (changed) =>
        changed === null ? Effect.void : Effect.zipRight(share(changed), feed.wake),
      ),
    resolve: (code, aboutId) =>
      Effect.flatMap(own.resolve(code, aboutId), (ended) =>
        ended === null ? Effect.void : Effect.zipRight(drop(ended), feed.wake),
      ),
    current,
    changes: Stream.merge(feed.wakes, Stream.as(own.changes, undefined)).pipe(
      Stream.mapEffect(() => current),
      Stream.changesWith((one, other) => JSON.stringify(one) === JSON.stringify(other)),
    ),
  })
})

/** The troubles of this process, and those that others share. */
interface Shelf {
  readonly sql: SqlClient.SqlClient
  readonly household: HouseholdStore["Type"]
  readonly householdId: string
  readonly holder: string
  readonly own: Effect.Effect.Success<typeof ownTroubles>
}

/** A trouble that several processes report is listed once, as reported first. */
const listOf = (shelf: Shelf) =>
  Effect.gen(function* () {
    const all = [...(yield* shelf.own.all), ...(yield* shared(shelf))]
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
