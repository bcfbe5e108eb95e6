import { Cause, Clock, Duration, Effect, FiberMap, Layer, Option, Queue, Random, Ref, Stream } from "effect"
import { BridgeConfig } from "../BridgeConfig.ts"
import { dataSource } from "../dataSource.ts"
import { epochSeconds, epochMillis } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { DueWork, type Due } from "../store/DueWork.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import { keepMonths, keepMonthsWhenDue } from "../store/MonthKeeper.ts"
import type { StoreError } from "../store/StoreError.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { storeTrouble } from "../trouble/storeTrouble.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { day, minute } from "./intervals.ts"
import { leadPerson, refusalEnded, storeWorks } from "./leadPerson.ts"
import { leaderLease, type LeaseLost, stillLeads } from "./Lead.ts"

const followerAsksEvery = Duration.seconds(3)
/** Doublings of that after failures: a store that is gone is tried every 48 seconds in the end. */
const longestWait = 4
/** Seconds within which a leader that slept notices that another took over. */
const looksEvery = minute

/**
 * Keeps the store up to date with Withings. One process of a home leads and gives each person a turn when something is
 * due for them; the others wait to take over. Errors never end it: they become the person's standing.
 */
export const layer = Layer.scopedDiscard(
  Effect.gen(function* () {
    // Not set up yet: this process must not judge anyone's standing.
    if (dataSource(yield* BridgeConfig) === null) return
    yield* Effect.forkScoped(again(follow))
  }),
)

/** Leads unless another process does. */
const follow = Effect.scoped(
  Effect.gen(function* () {
    const grant = yield* (yield* Lease).tryAcquire(leaderLease)
    yield* grant === null ? storeWorks : lead(grant)
    return false
  }),
)

/** Gives turns until another process leads. */
const lead = (grant: LeaseGrant) =>
  Effect.gen(function* () {
    const [due, feed] = [yield* DueWork, yield* ChangeFeed]
    const turns = yield* FiberMap.make<PersonId>()
    const bell = yield* Queue.sliding<void>(1)
    yield* Effect.forkScoped(Stream.runForEach(feed.wakes, () => Queue.offer(bell, undefined)))
    yield* Effect.forkScoped(keepMonthsWhenDue(feed.revision, keepMonths()))
    // The previous leader may have had another clock or other settings.
    yield* due.askAll
    yield* askForNews
    const clock = yield* watchClock
    for (;;) {
      yield* stillLeads({ grant })
      if (yield* clock) yield* due.askAll
      const known = yield* due.all
      yield* endTurnsOfOthers(turns, known)
      const now = yield* epochSeconds
      for (const { personId } of known.filter(({ at }) => isDue(at, now)))
        yield* FiberMap.run(turns, personId, turnOf(personId, bell), { onlyIfMissing: true })
      const later = known.filter(({ at }) => !isDue(at, now)).map(({ at }) => at - now)
      yield* Queue.take(bell).pipe(Effect.timeoutOption(Duration.seconds(Math.min(looksEvery, ...later))))
    }
  })

/**
 * Requests measures and devices of everyone after a start: webhooks may have been lost meanwhile, and a restart is often
 * meant to find a missing device.
 */
const askForNews = Effect.gen(function* () {
  const persons = yield* (yield* HouseholdStore).persons
  const cursors = yield* SyncCursor
  const askedAt = yield* epochMillis
  const signedIn = persons.filter(({ standing }) => standing.state === "signed-in")
  yield* Effect.forEach(
    signedIn,
    ({ id }) => cursors.request(id, { feed: "getmeas", askedAt, window: null }),
    { discard: true },
  )
})

/** Nothing is ever due in more than a day: a time further ahead was noted before the clock was set back. */
const isDue = (at: number, now: number): boolean => at <= now || at > now + day + minute

/** Ends the turns of removed persons. */
const endTurnsOfOthers = (turns: FiberMap.FiberMap<PersonId>, known: ReadonlyArray<Due>) => {
  const ids = new Set(known.map(({ personId }) => personId))
  const gone = [...turns].map(([id]) => id).filter((id) => !ids.has(id))
  return Effect.forEach(gone, (id) => Effect.zipRight(FiberMap.remove(turns, id), refusalEnded(id)))
}

/** Whether the clock was set since the last look: wall time against monotonic time. */
const watchClock = Effect.gen(function* () {
  const ahead = Effect.zipWith(
    Clock.currentTimeMillis,
    Clock.currentTimeNanos,
    (wall, steady) => wall - Number(steady / 1_000_000n),
  )
  const before = yield* Ref.make(yield* ahead)
  return Effect.flatMap(ahead, (now) =>
    Effect.map(Ref.getAndSet(before, now), (then) => Math.abs(now - then) > minute * 1000),
  )
})

/** One turn of a person, retried until it succeeds; then rings, since the next one has been scheduled. */
const turnOf = (personId: PersonId, bell: Queue.Enqueue<void>) =>
  Effect.zipRight(again(attempt(personId)), Queue.offer(bell, undefined))

/** false: another process has the person's turn. */
const attempt = Effect.fn("SyncEngine.attempt")(function* (personId: PersonId) {
  const grant = yield* (yield* Lease).tryAcquire(`sync:${personId}`)
  if (grant === null) return false
  yield* leadPerson(personId, grant).pipe(
    Effect.catchTag("LeaseLost", (lost) => Effect.zipRight(refusalEnded(personId), lost)),
  )
  return true
}, Effect.scoped)

/** Repeats until true, less and less often while it fails. */
const again = <R>(attempt: Effect.Effect<boolean, LeaseLost | StoreError, R>) =>
  Effect.gen(function* () {
    let failures = 0
    for (;;) {
      const outcome = yield* Effect.catchAllCause(attempt, (cause) => {
        const error = Option.getOrNull(Cause.failureOption(cause))
        if (error?._tag === "LeaseLost") return Effect.succeed(false)
        const report =
          error === null
            ? Effect.logWarning("The sync starts again", cause)
            : Effect.flatMap(Troubles, (troubles) => troubles.report(storeTrouble(error)))
        return Effect.as(report, null)
      })
      if (outcome === true) return
      failures = outcome === null ? failures + 1 : 0
      const wait = Duration.times(followerAsksEvery, 2 ** Math.min(failures, longestWait))
      yield* Effect.sleep(Duration.times(wait, yield* Random.nextRange(0.8, 1.2)))
    }
  })
