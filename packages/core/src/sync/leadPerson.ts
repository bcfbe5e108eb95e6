import { Deferred, Effect, Either, Option, Queue, Ref, Stream } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { BridgeConfig, defaultIntradayDays } from "../BridgeConfig.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { DueWork } from "../store/DueWork.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import type { LeaseGrant } from "../store/Lease.ts"
import type { SyncRequest } from "../store/requestRows.ts"
import { SyncCursor } from "../store/SyncCursor.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { isRefused, type WithingsError } from "../withings/client/WithingsError.ts"
import { firstAgenda, readAgenda, type Agenda } from "./Agenda.ts"
import { announcedTo } from "./announcedFeeds.ts"
import { day, hour } from "./intervals.ts"
import { type Lead, stillLeads } from "./Lead.ts"
import { refusalTrouble } from "./refusalTrouble.ts"
import { standingAfter } from "./standingAfter.ts"
import * as Plan from "./SyncPlan.ts"
import { takeStep } from "./takeStep.ts"
import { isAwaited } from "./urgency.ts"

/** One person's sync, for one turn. */
interface Leader extends Lead {
  readonly agenda: Ref.Ref<Agenda>
  /** Failures in a row, including earlier turns. */
  readonly failures: number
  readonly announced: Ref.Ref<Announced>
  /** By feed, see `lockOf`. */
  readonly locks: Map<string, Effect.Semaphore>
}

/** The feeds whose webhooks arrive, as found at a time (epoch seconds). */
interface Announced {
  readonly at: number
  readonly feeds: ReadonlyArray<AnyFeed>
}

export type TurnNeeds = Effect.Effect.Context<ReturnType<typeof leadPerson>>

/** Ends the troubles of the store. */
export const storeWorks = Effect.flatMap(Troubles, (troubles) =>
  Effect.zipRight(troubles.resolve("store-unwritable"), troubles.resolve("store-unreachable")),
)

/**
 * A turn of a person: answers requests and does what is due, until nothing is left to do now. Writes and returns when the
 * next turn is due, epoch seconds.
 */
export const leadPerson = Effect.fn("leadPerson")(function* (personId: PersonId, grant: LeaseGrant) {
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

/** Until when there is nothing to try for the person; null: there is now. */
const restsUntil = (personId: PersonId, retryAt: number, now: number) =>
  Effect.gen(function* () {
    const person = yield* (yield* HouseholdStore).person(personId)
    // Only a sign-in changes that, and makes the person due.
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
    const now = yield* epochSeconds
    const leader: Leader = {
      personId,
      grant,
      agenda: yield* Ref.make(Option.getOrElse(readAgenda(agenda), () => firstAgenda(now))),
      failures,
      announced: yield* Ref.make<Announced>({ at: 0, feeds: [] }),
      locks: new Map(),
    }
    const failed = yield* Deferred.make<number>()
    const isQuiet = yield* Deferred.make<void>()
    const isDone = yield* Deferred.make<void>()
    const unaskedUntil = work(leader, unasked(leader), failed)
    const answers = (isWanted: Wanted) => work(leader, asked(leader, isWanted), failed)
    // In parallel, so that requests do not wait for the history, nor a weigh-in for requests that nobody watches.
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

/** Answers requests until `isDone`, and once more then. */
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

/** 1 to 1.1, fixed for each person, so that not all are polled at once. */
const jitterOf = (personId: PersonId): number => {
  let sum = 0
  for (const letter of personId) sum = (sum * 31 + letter.charCodeAt(0)) % 1000
  return 1 + sum / 10_000
}

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

/** Runs at every change in the household: without a request it costs one query. */
const asked = (leader: Leader, isWanted: Wanted) =>
  Effect.gen(function* () {
    const all = yield* (yield* SyncCursor).requests(leader.personId)
    const requests = all.filter(({ feed }) => isWanted(feed))
    if (requests.length === 0) return Plan.nothingAsked(yield* epochSeconds)
    return Plan.answers(yield* circumstances(leader, requests))
  })

/** Takes steps until the next one has to wait, and returns until when. After a failure it completes `end` and never returns. */
const work = <E, R>(leader: Leader, next: Effect.Effect<Plan.Step, E, R>, end: Deferred.Deferred<number>) =>
  Effect.gen(function* () {
    for (;;) {
      const step = yield* next
      if (step._tag === "Wait") return step.until
      const exit = yield* Effect.either(take(leader, step))
      if (Either.isRight(exit)) yield* succeeded(leader, step)
      // Neither says anything about the person's standing with Withings.
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
  yield* stillLeads(leader)
  const taken = takeStep(leader, step)
  yield* step._tag === "History" ? taken : lockOf(leader, step).withPermits(1)(taken)
})

/**
 * One step at a time for each feed: what arrives while a window is reread must not look deleted. Steps of other feeds
 * need not wait.
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
  // Withings was not asked, so this says nothing about the standing.
  if (step._tag === "Decline") return
  const now = yield* epochSeconds
  const after = yield* Ref.updateAndGet(agenda, (before) => Plan.afterStep(before, step, now))
  yield* (yield* DueWork).done(personId, JSON.stringify(after))
  yield* storeWorks
  if (refusalTrouble({ id: personId, name: "" }, after, 0) === null) yield* refusalEnded(personId)
  // Devices alone are no success.
  if (Plan.allRefused(after)) return
  const household = yield* HouseholdStore
  yield* household.contacted(personId, { state: "signed-in", reason: null, nextTry: null })
})

/** Withings refuses this step. It changes the standing only once all feeds are refused. */
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

/** Ends the trouble of lists that Withings refused to this person. */
export const refusalEnded = (personId: PersonId) =>
  Effect.flatMap(Troubles, ({ resolve }) => resolve("withings-refused", personId))

/** Writes the person's standing after a failure; returns the time of the next try, epoch seconds. */
const failed = Effect.fn("leadPerson.failed")(function* (
  { failures, personId }: Leader,
  error: WithingsError,
) {
  yield* Effect.logDebug(error.message)
  const now = yield* epochSeconds
  const household = yield* HouseholdStore
  // AccessToken, which compared the tokens, has written the standing already.
  if (error._tag === "NeedsSignIn") {
    const nextTry = (yield* household.person(personId))?.standing.nextTry ?? null
    return nextTry !== null && nextTry > now && nextTry <= now + hour ? nextTry : now + 60
  }
  const standing = standingAfter(error, now, failures)
  yield* (yield* DueWork).failed(personId, standing.nextTry)
  yield* household.contacted(personId, standing)
  return standing.nextTry
})
