import { Clock, Duration, Effect, Either, Queue, Random, Ref, Stream } from "effect"
import { BridgeConfig, defaultIntradayDays } from "../BridgeConfig.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import { SyncCursor, type SyncRequest } from "../store/SyncCursor.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { AnyFeed } from "../withings/client/WithingsApi.ts"
import type { WithingsError } from "../withings/client/WithingsError.ts"
import { firstAgenda, type Agenda } from "./Agenda.ts"
import { announcedTo } from "./announcedFeeds.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { refusalTrouble } from "./refusalTrouble.ts"
import { concernsOneThing, standingAfter } from "./standingAfter.ts"
import * as Plan from "./SyncPlan.ts"
import { SyncRound } from "./SyncRound.ts"

/** One person's sync, for as long as this process leads it. */
interface Leader {
  readonly personId: string
  readonly grant: LeaseGrant
  readonly agenda: Ref.Ref<Agenda>
  /** See `Pace`. */
  readonly jitter: number
  readonly announced: Ref.Ref<Announced>
  /** For each thing that is read, one step at a time: see `lockOf`. */
  readonly locks: Map<string, Effect.Semaphore>
}

/** The feeds whose webhooks arrive, as they were found at a time (epoch seconds). */
interface Announced {
  readonly at: number
  readonly feeds: ReadonlyArray<AnyFeed>
}

/** Wakes a worker when the store changed. */
type Bell = Queue.Dequeue<void>

const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))
/** Seconds of a clock that nobody sets, to wait by. */
const steadySeconds = Effect.map(Clock.currentTimeNanos, (now) => Number(now / 1_000_000n) / 1000)

/** Ends what was reported about the store. */
export const storeWorks = Effect.flatMap(Troubles, (troubles) =>
  Effect.zipRight(troubles.resolve("store-unwritable"), troubles.resolve("store-unreachable")),
)

/** Takes one step after the other, for ever: those that someone asked for, beside those that are due. */
export const leadPerson = Effect.fn("leadPerson")(function* (personId: string, grant: LeaseGrant) {
  const leader: Leader = {
    personId,
    grant,
    agenda: yield* Ref.make(firstAgenda(yield* seconds)),
    jitter: yield* Random.nextRange(1, 1.1),
    announced: yield* Ref.make<Announced>({ at: 0, feeds: [] }),
    locks: new Map(),
  }
  // Whoever asks does not wait for the past as well, which takes its requests slowly.
  return yield* Effect.raceFirst(work(leader, asked(leader)), work(leader, unasked(leader)))
})

/** What decides about the next step. */
const circumstances = Effect.fn("leadPerson.circumstances")(function* (
  leader: Leader,
  requests: ReadonlyArray<SyncRequest>,
) {
  const { intradayDays = defaultIntradayDays, pollEvery } = yield* BridgeConfig
  const now = yield* seconds
  const hourOfDay = new Date(now * 1000).getHours()
  return {
    now,
    cursors: yield* (yield* SyncCursor).of(leader.personId),
    requests,
    agenda: yield* Ref.get(leader.agenda),
    pace: { pollEvery, hourOfDay, jitter: leader.jitter, announced: yield* announced(leader, now) },
    intradayDays,
  }
})

/** Looked up once a minute. */
const announced = ({ announced, personId }: Leader, now: number) =>
  Effect.flatMap(Ref.get(announced), ({ at, feeds }) =>
    Math.abs(now - at) < 60
      ? Effect.succeed(feeds)
      : Effect.tap(announcedTo(personId), (feeds) => Ref.set(announced, { at: now, feeds })),
  )

const unasked = (leader: Leader) => Effect.map(circumstances(leader, []), Plan.unasked)

/** Looked for at every change in the store, hence by no more than one query. */
const asked = (leader: Leader) =>
  Effect.gen(function* () {
    const requests = yield* (yield* SyncCursor).requests(leader.personId)
    if (requests.length === 0) return Plan.nothingAsked(yield* seconds)
    return Plan.answers(yield* circumstances(leader, requests))
  })

const work = <E, R>(leader: Leader, next: Effect.Effect<Plan.Step, E, R>) =>
  Effect.gen(function* () {
    const feed = yield* ChangeFeed
    const bell = yield* Queue.sliding<void>(1)
    yield* Effect.forkScoped(Stream.runForEach(feed.wakes, () => Queue.offer(bell, undefined)))
    const failures = yield* Ref.make(0)
    const turn = Effect.gen(function* () {
      const step = yield* next
      if (step._tag === "Wait") return yield* ringOr(bell, step.until - (yield* seconds))
      const exit = yield* Effect.either(take(leader, step))
      if (Either.isRight(exit)) return yield* succeeded(leader, step, failures)
      // Neither says anything about where the person stands with Withings.
      if (exit.left._tag === "LeaseLost" || exit.left._tag === "StoreError") return yield* exit.left
      if (concernsOneThing(exit.left)) return yield* refused(leader, step, exit.left)
      return yield* failed(leader, exit.left, { bell, failures })
    })
    return yield* Effect.forever(turn)
  })

const take = Effect.fn("leadPerson.take")(function* (
  leader: Leader,
  step: Exclude<Plan.Step, { readonly _tag: "Wait" }>,
) {
  const { grant, personId } = leader
  if (!(yield* (yield* Lease).holds(grant))) return yield* new LeaseLost({ name: grant.name })
  const taken = (yield* SyncRound).take(personId, grant, step)
  yield* step._tag === "History" ? taken : lockOf(leader, step).withPermits(1)(taken)
})

/**
 * A list of all there is in a window must not be outrun by what comes into it meanwhile. Another list does not matter,
 * and whoever asks for it does not wait while this one waits for its turn among many requests.
 */
const lockOf = ({ locks }: Leader, step: Plan.Step): Effect.Semaphore => {
  const read = step._tag === "Answer" ? step.request.feed : "feed" in step ? step.feed : step._tag
  const lock = locks.get(read) ?? Effect.unsafeMakeSemaphore(1)
  locks.set(read, lock)
  return lock
}

const succeeded = Effect.fn("leadPerson.succeeded")(function* (
  { agenda, personId }: Leader,
  step: Plan.Step,
  failures: Ref.Ref<number>,
) {
  // Declining is not a word of Withings: it says nothing about where the person stands.
  if (step._tag === "Decline") return
  const now = yield* seconds
  const after = yield* Ref.updateAndGet(agenda, (before) => Plan.afterStep(before, step, now))
  yield* Ref.set(failures, 0)
  yield* storeWorks
  if (refusalTrouble({ id: personId, name: "" }, after, 0) === null) yield* refusalEnded(personId)
  // That the list of devices is answered is no comfort when no measure comes.
  if (Plan.allRefused(after)) return
  const household = yield* HouseholdStore
  yield* household.contacted(personId, { state: "signed-in", reason: null, nextTry: null })
})

/** Withings answers, but not this. Only when it gives none of the feeds, that is where the person stands. */
const refused = Effect.fn("leadPerson.refused")(function* (
  { agenda, personId }: Leader,
  step: Plan.Step,
  error: OneThing,
) {
  const now = yield* seconds
  const before = yield* Ref.get(agenda)
  const after = Plan.afterRefusal(before, step, now)
  yield* Ref.set(agenda, after)
  const isFirst = Object.keys(after.refused).length > Object.keys(before.refused).length
  yield* isFirst ? Effect.logInfo(error.message) : Effect.logDebug(error.message)
  const household = yield* HouseholdStore
  if (Plan.allRefused(after)) {
    yield* household.contacted(personId, { state: "offline", reason: error.message, nextTry: null })
    return yield* refusalEnded(personId)
  }
  const person = yield* household.person(personId)
  const trouble = person === null ? null : refusalTrouble(person, after, error.status)
  if (trouble !== null) yield* (yield* Troubles).report(trouble)
})

type OneThing = Extract<WithingsError, { readonly status: number }>

/** Ends what was reported about lists that Withings refused to this person. */
export const refusalEnded = (personId: string) =>
  Effect.flatMap(Troubles, ({ resolve }) => resolve("withings-refused", personId))

interface Patience {
  readonly bell: Bell
  readonly failures: Ref.Ref<number>
}

const failed = Effect.fn("leadPerson.failed")(function* (
  { personId }: Leader,
  error: WithingsError,
  { bell, failures }: Patience,
) {
  yield* Effect.logDebug(error.message)
  // Whether a sign-in is lost, only who compared the tokens can tell, and has written it.
  if (error._tag === "NeedsSignIn") return yield* recovery(personId, bell, 60)
  const now = yield* seconds
  const standing = standingAfter(error, now, yield* Ref.getAndUpdate(failures, (n) => n + 1))
  const household = yield* HouseholdStore
  yield* household.contacted(personId, standing)
  return yield* recovery(personId, bell, standing.nextTry - now)
})

const ringOr = (bell: Bell, wait: number) =>
  Effect.asVoid(Queue.take(bell).pipe(Effect.timeoutOption(Duration.seconds(Math.max(0.1, wait)))))

/** Until it is time to try again (in so many seconds), or the person has signed in meanwhile. */
const recovery = (
  personId: string,
  bell: Bell,
  wait: number,
): Effect.Effect<void, StoreError, HouseholdStore> =>
  Effect.gen(function* () {
    const until = (yield* steadySeconds) + wait
    const household = yield* HouseholdStore
    const isOver = Effect.gen(function* () {
      yield* ringOr(bell, until - (yield* steadySeconds))
      const person = yield* household.person(personId)
      return person?.standing.state === "signed-in" || (yield* steadySeconds) >= until
    })
    yield* Effect.repeat(isOver, { until: (over) => over })
  })
