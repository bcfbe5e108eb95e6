import {
  Cause,
  Clock,
  Duration,
  Effect,
  Either,
  FiberMap,
  Layer,
  Option,
  Queue,
  Random,
  Ref,
  Schedule,
  Stream,
} from "effect"
import { BridgeConfig, defaultIntradayDays } from "../BridgeConfig.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease, type LeaseGrant } from "../store/Lease.ts"
import type { StoreError } from "../store/StoreError.ts"
import { SyncCursor, type SyncRequest } from "../store/SyncCursor.ts"
import { storeTrouble } from "../trouble/storeTrouble.ts"
import { Troubles } from "../trouble/Troubles.ts"
import type { WithingsError } from "../withings/WithingsError.ts"
import { LeaseLost } from "./LeaseLost.ts"
import { concernsOneThing, standingAfter } from "./standingAfter.ts"
import * as Plan from "./SyncPlan.ts"
import { SyncRound } from "./SyncRound.ts"

const followerAsksEvery = Duration.seconds(3)
/** Doublings of that after failures: a store that is gone is asked once in 48 seconds at last. */
const longestWait = 4

const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))

/**
 * Keeps the store up to date with Withings, person by person, as long as its scope is open. Of all processes one leads
 * each person; the others wait to take over. No error ends it: what is wrong becomes the person's standing.
 */
export const layer: Layer.Layer<
  never,
  never,
  BridgeConfig | ChangeFeed | HouseholdStore | Lease | SyncCursor | SyncRound | Troubles
> = Layer.scopedDiscard(
  Effect.gen(function* () {
    // An app may learn later what it is set up with: until then nobody's standing is its to judge.
    if ((yield* BridgeConfig).clientId === "") return
    const feed = yield* ChangeFeed
    const household = yield* HouseholdStore
    const sync = yield* makeSync
    const persons = yield* FiberMap.make<string>()
    yield* feed.wakes.pipe(
      Stream.mapEffect(() => household.persons),
      Stream.retry(Schedule.spaced("5 seconds")),
      Stream.runForEach((known) =>
        Effect.gen(function* () {
          const ids = new Set(known.map(({ id }) => id))
          // Whoever was removed.
          const gone = [...persons].map(([id]) => id).filter((id) => !ids.has(id))
          yield* Effect.forEach(gone, (id) => FiberMap.remove(persons, id))
          yield* Effect.forEach(ids, (id) => FiberMap.run(persons, id, sync(id), { onlyIfMissing: true }))
        }),
      ),
      Effect.forkScoped,
    )
  }),
)

const makeSync = Effect.gen(function* () {
  const { intradayDays = defaultIntradayDays, pollEvery, webhook } = yield* BridgeConfig
  const cursors = yield* SyncCursor
  const feed = yield* ChangeFeed
  const household = yield* HouseholdStore
  const lease = yield* Lease
  const round = yield* SyncRound
  const troubles = yield* Troubles

  const storeFails = (error: StoreError) => troubles.report(storeTrouble(error))
  const storeWorks = Effect.zipRight(
    troubles.resolve("store-unwritable"),
    troubles.resolve("store-unreachable"),
  )

  const pace = Effect.gen(function* () {
    const now = yield* seconds
    const jitter = yield* Random.nextRange(0.9, 1.1)
    return { now, jitter, pollEvery, webhooks: webhook !== null, hourOfDay: new Date(now * 1000).getHours() }
  })

  const lead = (personId: string, grant: LeaseGrant) =>
    Effect.gen(function* () {
      const agenda = yield* Ref.make(Plan.firstAgenda(yield* seconds))
      // A list of all there is in a window must not be outrun by what comes into it meanwhile.
      const oneByOne = (yield* Effect.makeSemaphore(1)).withPermits(1)

      const circumstances = (requests: ReadonlyArray<SyncRequest>) =>
        Effect.gen(function* () {
          return {
            now: yield* seconds,
            cursors: yield* cursors.of(personId),
            requests,
            agenda: yield* Ref.get(agenda),
            intradayDays,
          }
        })
      const unasked = Effect.map(circumstances([]), Plan.unasked)
      // Looked for at every change in the store, hence by no more than one query.
      const asked = Effect.flatMap(cursors.requests(personId), (requests) =>
        requests.length === 0
          ? Effect.map(seconds, (now) => Plan.nothingAsked(now))
          : Effect.map(circumstances(requests), Plan.answers),
      )

      /** Takes step after step. */
      const work = (next: Effect.Effect<Plan.Step, StoreError>) =>
        Effect.gen(function* () {
          const bell = yield* Queue.sliding<void>(1)
          yield* Effect.forkScoped(Stream.runForEach(feed.wakes, () => Queue.offer(bell, undefined)))
          const failures = yield* Ref.make(0)

          const ringOr = (until: number) =>
            Effect.flatMap(seconds, (now) =>
              Queue.take(bell).pipe(Effect.timeoutOption(Duration.seconds(Math.max(0.1, until - now)))),
            )

          /** Until it is time to try again, or the person has signed in meanwhile. */
          const recovery = (until: number): Effect.Effect<void, StoreError> =>
            Effect.gen(function* () {
              yield* ringOr(until)
              const person = (yield* household.persons).find(({ id }) => id === personId)
              if (person?.standing.state === "signed-in" || (yield* seconds) >= until) return
              yield* recovery(until)
            })

          const failed = (step: Plan.Step, error: WithingsError) =>
            Effect.gen(function* () {
              if (concernsOneThing(error)) {
                yield* Effect.logWarning(error.message)
                const { now, ...rest } = yield* pace
                return yield* Ref.update(agenda, (before) =>
                  Plan.afterRefusal(before, step, { ...rest, now }),
                )
              }
              // Whether a sign-in is lost, only who compared the tokens can tell, and has written it.
              if (error._tag === "NeedsSignIn") return yield* recovery((yield* seconds) + 60)
              const count = yield* Ref.getAndUpdate(failures, (n) => n + 1)
              const standing = standingAfter(error, yield* seconds, count)
              yield* Effect.logDebug(error.message)
              yield* household.contacted(personId, standing)
              yield* recovery(standing.nextTry)
            })

          const succeeded = (step: Plan.Step) =>
            Effect.gen(function* () {
              const now = yield* pace
              yield* Ref.update(agenda, (before) => Plan.afterStep(before, step, now))
              yield* Ref.set(failures, 0)
              yield* household.contacted(personId, { state: "signed-in", reason: null, nextTry: null })
              yield* storeWorks
            })

          const turn = Effect.gen(function* () {
            const step = yield* next
            if (step._tag === "Wait") return yield* Effect.asVoid(ringOr(step.until))
            if (!(yield* lease.holds(grant))) return yield* new LeaseLost({ name: grant.name })
            const taken = round.take(personId, grant, step)
            const exit = yield* Effect.either(step._tag === "History" ? taken : oneByOne(taken))
            // Declining is not a word of Withings: it says nothing about where the person stands.
            if (Either.isRight(exit)) return step._tag === "Decline" ? undefined : yield* succeeded(step)
            if (exit.left._tag === "LeaseLost") return yield* exit.left
            return yield* failed(step, exit.left)
          })

          return yield* Effect.forever(turn)
        })

      // Whoever asks does not wait for the past as well, which takes its requests slowly.
      return yield* Effect.raceFirst(work(asked), work(unasked))
    })

  /** false: it ended with a failure. */
  const attempt = (personId: string) =>
    Effect.scoped(
      Effect.flatMap(lease.tryAcquire(`sync:${personId}`), (grant) =>
        grant === null ? storeWorks : lead(personId, grant),
      ),
    ).pipe(
      Effect.as(true),
      Effect.catchAllCause((cause) => {
        const error = Option.getOrNull(Cause.failureOption(cause))
        if (error?._tag === "LeaseLost") return Effect.succeed(true)
        const tell = error === null ? Effect.logWarning("The sync starts again", cause) : storeFails(error)
        return Effect.as(tell, false)
      }),
    )

  return (personId: string) =>
    Effect.gen(function* () {
      let failures = 0
      for (;;) {
        failures = (yield* attempt(personId)) ? 0 : failures + 1
        const wait = Duration.times(followerAsksEvery, 2 ** Math.min(failures, longestWait))
        yield* Effect.sleep(Duration.times(wait, yield* Random.nextRange(0.8, 1.2)))
      }
    })
})
