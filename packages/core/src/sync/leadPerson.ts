import { Deferred, Effect, Either, Queue, Ref, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { BridgeConfig, defaultIntradayDays } from "../BridgeConfig.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { DueWork } from "../store/DueWork.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import type { SyncRequest } from "../store/requestRows.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { isRefused, type WithingsError } from "../withings/client/WithingsError.ts"
import { firstAgenda, type Agenda } from "./Agenda.ts"
import { announcedTo } from "./announcedFeeds.ts"
import { day, hour } from "./intervals.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { readAgenda } from "./readAgenda.ts"
import { refusalTrouble } from "./refusalTrouble.ts"
import { standingAfter } from "./standingAfter.ts"
import * as Plan from "./SyncPlan.ts"
import { SyncRound } from "./SyncRound.ts"
import { isAwaited } from "./urgency.ts"

/** One person's sync, for one turn. */
interface Leader {
  readonly personId: PersonId
  readonly grant: LeaseGrant
  readonly agenda: Ref.Ref<Agenda>
  /** Failures in a row, of earlier turns too. */
  readonly failures: number
  readonly announced: Ref.Ref<Announced>
  /** For each thing that is read, one step at a time: see `lockOf`. */
  readonly locks: Map<string, Effect.Semaphore>
}

/** The feeds whose webhooks arrive, as they were found at a time (epoch seconds). */
interface Announced {
  readonly at: number
  readonly feeds: ReadonlyArray<AnyFeed>
}

export type TurnNeeds =
  | BridgeConfig
  | ChangeFeed
  | DueWork
  | HouseholdStore
  | Lease
  | Subscriptions
  | SyncCursor
  | SyncRound
  | Troubles

/** Ends what was reported about the store. */
export const storeWorks = Effect.flatMap(Troubles, (troubles) =>
  Effect.zipRight(troubles.resolve("store-unwritable"), troubles.resolve("store-unreachable")),
)

/**
 * A turn of a person: answers what was asked and does what is due, until there is nothing more to do now. Writes when
 * the next turn is due, and answers it (epoch seconds).
 */
export const leadPerson: (
  personId: PersonId,
  grant: LeaseGrant,
) => Effect.Effect<number, LeaseLost | StoreError, TurnNeeds> = Effect.fn("leadPerson")(function* (
  personId: PersonId,
  grant: LeaseGrant,
) {
  const due = yield* DueWork
  const turn = yield* due.begin(personId)
  const now = yield* epochSeconds
  if (turn === null) return now + day
  const rest = yield* restsUntil(personId, turn.retryAt, now)
  const until = rest ?? (yield* takeSteps(personId, grant, turn))
  // Whole seconds, as the store keeps them, and never at once again.
  const next = Math.max(Math.ceil(until), (yield* epochSeconds) + 1)
  yield* due.end(personId, turn, next)
  return next
})

/** Until when a person is left alone; null: there is something to try. */
const restsUntil = (personId: PersonId, retryAt: number, now: number) =>
  Effect.gen(function* () {
    const person = yield* (yield* HouseholdStore).person(personId)
    // Only a sign-in changes anything, and makes them due.
    if (person === null || person.standing.state === "never-signed-in") return now + day
    // A time further ahead was noted before the clock was set back.
    return retryAt > now && retryAt <= now + hour ? retryAt : null
  })

const takeSteps = (
  personId: PersonId,
  grant: LeaseGrant,
  { agenda, failures }: { readonly agenda: string | null; readonly failures: number },
) =>
  Effect.gen(function* () {
    const leader: Leader = {
      personId,
      grant,
      agenda: yield* Ref.make(readAgenda(agenda) ?? firstAgenda(yield* epochSeconds)),
      failures,
      announced: yield* Ref.make<Announced>({ at: 0, feeds: [] }),
      locks: new Map(),
    }
    const failed = yield* Deferred.make<number>()
    const isQuiet = yield* Deferred.make<void>()
    const isDone = yield* Deferred.make<void>()
    const unaskedUntil = work(leader, unasked(leader), failed)
    const answers = (isWanted: Wanted) => work(leader, asked(leader, isWanted), failed)
    // Whoever asks does not wait for the past as well, and a weigh-in waits for nothing that nobody awaits.
    const steps = Effect.all(
      [
        Effect.ensuring(unaskedUntil, Deferred.succeed(isQuiet, undefined)),
        Effect.ensuring(
          answering(
            answers((feed) => !isAwaited(feed)),
            isQuiet,
          ),
          Deferred.succeed(isDone, undefined),
        ),
        answering(answers(isAwaited), isDone),
      ],
      { concurrency: 3 },
    ).pipe(Effect.map(([until]) => until))
    return yield* Effect.raceFirst(steps, Deferred.await(failed))
  }).pipe(Effect.scoped)

type Wanted = (feed: AnyFeed) => boolean

/** Answers what is asked until all else is done, and once more then. */
const answering = <E, R>(answers: Effect.Effect<number, E, R>, isDone: Deferred.Deferred<void>) =>
  Effect.gen(function* () {
    const feed = yield* ChangeFeed
    const bell = yield* Queue.sliding<void>(1)
    yield* Effect.forkScoped(Stream.runForEach(feed.wakes, () => Queue.offer(bell, undefined)))
    while (!(yield* Deferred.isDone(isDone))) {
      yield* answers
      yield* Effect.raceFirst(Queue.take(bell), Deferred.await(isDone))
    }
    yield* answers
  })

/** A little more than 1, always the same for a person: keeps persons apart. */
const jitterOf = (personId: PersonId): number => {
  let sum = 0
  for (const letter of personId) sum = (sum * 31 + letter.charCodeAt(0)) % 1000
  return 1 + sum / 10_000
}

/** What decides about the next step. */
const circumstances = Effect.fn("leadPerson.circumstances")(function* (
  leader: Leader,
  requests: ReadonlyArray<SyncRequest>,
) {
  const { intradayDays = defaultIntradayDays, pollEvery } = yield* BridgeConfig
  const now = yield* epochSeconds
  const hourOfDay = new Date(now * 1000).getHours()
  const jitter = jitterOf(leader.personId)
  return {
    now,
    cursors: yield* (yield* SyncCursor).of(leader.personId),
    requests,
    agenda: yield* Ref.get(leader.agenda),
    pace: { pollEvery, hourOfDay, jitter, announced: yield* announced(leader, now) },
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

/** Looked for at every change in the household, hence by no more than one query. */
const asked = (leader: Leader, isWanted: Wanted) =>
  Effect.gen(function* () {
    const all = yield* (yield* SyncCursor).requests(leader.personId)
    const requests = all.filter(({ feed }) => isWanted(feed))
    if (requests.length === 0) return Plan.nothingAsked(yield* epochSeconds)
    return Plan.answers(yield* circumstances(leader, requests))
  })

/** One step after the other until the next one has to wait; answers until when. Waits for ever once `end` is told. */
const work = <E, R>(leader: Leader, next: Effect.Effect<Plan.Step, E, R>, end: Deferred.Deferred<number>) =>
  Effect.gen(function* () {
    for (;;) {
      const step = yield* next
      if (step._tag === "Wait") return step.until
      const exit = yield* Effect.either(take(leader, step))
      if (Either.isRight(exit)) yield* succeeded(leader, step)
      // Neither says anything about where the person stands with Withings.
      else if (exit.left._tag === "LeaseLost" || exit.left._tag === "StoreError") return yield* exit.left
      else if (isRefused(exit.left)) yield* refused(leader, step, exit.left)
      else {
        yield* Effect.flatMap(failed(leader, exit.left), (until) => Deferred.succeed(end, until))
        return yield* Effect.never
      }
    }
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
) {
  // Declining is not a word of Withings: it says nothing about where the person stands.
  if (step._tag === "Decline") return
  const now = yield* epochSeconds
  const after = yield* Ref.updateAndGet(agenda, (before) => Plan.afterStep(before, step, now))
  yield* (yield* DueWork).done(personId, JSON.stringify(after))
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
  const now = yield* epochSeconds
  const before = yield* Ref.get(agenda)
  const after = Plan.afterRefusal(before, step, now)
  yield* Ref.set(agenda, after)
  yield* (yield* DueWork).done(personId, JSON.stringify(after))
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
export const refusalEnded = (personId: PersonId) =>
  Effect.flatMap(Troubles, ({ resolve }) => resolve("withings-refused", personId))

/** Writes what the failure means for the person; answers when it is tried again, epoch seconds. */
const failed = Effect.fn("leadPerson.failed")(function* (
  { failures, personId }: Leader,
  error: WithingsError,
) {
  yield* Effect.logDebug(error.message)
  const now = yield* epochSeconds
  const household = yield* HouseholdStore
  // Whether a sign-in is lost, only who compared the tokens can tell, and has written it.
  if (error._tag === "NeedsSignIn") {
    const nextTry = (yield* household.person(personId))?.standing.nextTry ?? null
    return nextTry !== null && nextTry > now && nextTry <= now + hour ? nextTry : now + 60
  }
  const standing = standingAfter(error, now, failures)
  yield* (yield* DueWork).failed(personId, standing.nextTry)
  yield* household.contacted(personId, standing)
  return standing.nextTry
})
