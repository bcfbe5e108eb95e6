import { Data, Duration, Effect, Option, Random, Ref, Stream } from "effect"
import { BridgeConfig, defaultAnnounceWithin, type HubAddress } from "../BridgeConfig.ts"
import { type Household, type HouseholdChange, Revision } from "../device/Household.ts"
import { HouseholdFeed, type TimedChange, telling, tellOnce } from "../HouseholdFeed.ts"
import { isYoung } from "../moment/Moment.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { HubClient, unanswered } from "./HubClient.ts"
import type { HubCache } from "./HubCache.ts"

/** Three signs of life. */
const deadAfter = Duration.seconds(45)
const answersWithin = Duration.seconds(10)
/** Seconds between tries: the first and the longest. */
const [soon, longest] = [0.5, 30]

class Silent extends Data.TaggedError("Silent") {
  override get message() {
    return "it is silent."
  }
}

class HomeFailed<E> extends Data.TaggedError("HomeFailed")<{ readonly cause: E }> {}

/**
 * The household of a hub. This home remembers the revision that each consumer has reached and continues there, so that
 * restarts and lost connections neither lose nor repeat a measured event.
 */
export const followHub = (hub: HubAddress, cache: HubCache) =>
  Effect.gen(function* () {
    const { announceWithin = defaultAnnounceWithin, values = "essential" } = yield* BridgeConfig
    const needs: Needs = { hub, cache, client: yield* HubClient, troubles: yield* Troubles, values }
    return HouseholdFeed.of({
      current: current(needs),
      changes: (after) => Stream.mapError(changesAfter(needs, after), unanswered),
      follow: (name, handler, { announceWithin: within = announceWithin, instance = "" } = {}) =>
        follow(needs, { name, instance, handler, within }),
      consumers: cache.consumers,
    })
  })

interface Needs {
  readonly hub: HubAddress
  readonly cache: HubCache
  readonly client: HubClient["Type"]
  readonly troubles: Troubles["Type"]
  /** As set in this home, whatever the hub's own setting. */
  readonly values: Household["values"]
}

const changesAfter = ({ client, values }: Needs, after: Revision | null) =>
  client.Changes({ after }).pipe(
    Stream.timeoutFail(() => new Silent(), deadAfter),
    Stream.filterMap(Option.fromNullable),
    Stream.map((change): TimedChange => ({ ...change, household: { ...change.household, values } })),
  )

const lastKnown = ({ cache, values }: Needs) =>
  Effect.map(cache.household, (household) => (household === null ? null : { ...household, values }))

const current = (needs: Needs) =>
  changesAfter(needs, null).pipe(
    Stream.runHead,
    Effect.timeoutFail({ duration: answersWithin, onTimeout: () => new Silent() }),
    Effect.flatMap(
      Option.match({ onNone: () => Effect.fail(new Silent()), onSome: (first) => Effect.succeed(first) }),
    ),
    Effect.map(({ household }) => household),
    Effect.tap(needs.cache.keep),
    Effect.catchAll((error) =>
      Effect.filterOrFail(
        lastKnown(needs),
        (household) => household !== null,
        () => unanswered(error),
      ),
    ),
  )

interface Follower<E, R> {
  readonly name: string
  readonly instance: string
  readonly handler: (change: HouseholdChange) => Effect.Effect<void, E, R>
  /** Seconds for which a moment is young. */
  readonly within: number
}

/** The progress of a consumer, kept here too in case the cache cannot be written, and the hub's failures in a row. */
interface Course {
  readonly reached: Ref.Ref<Revision | null>
  readonly failures: Ref.Ref<number>
}

const follow = <E, R>(needs: Needs, follower: Follower<E, R>) =>
  Effect.gen(function* () {
    const course: Course = {
      reached: yield* Ref.make(yield* needs.cache.reached(follower.name)),
      failures: yield* Ref.make(0),
    }
    const known = yield* lastKnown(needs)
    // Shown until the hub answers.
    if (known !== null) yield* follower.handler({ household: known, measured: [], moments: [] })
    const connected = Effect.flatMap(Ref.get(course.reached), (after) =>
      Stream.runForEach(changesAfter(needs, after), (change) => tell(needs, follower, course, change)),
    )
    return yield* connected.pipe(
      Effect.zipRight(lost(needs, course, "it ended the connection.")),
      Effect.catchAll((error) => {
        if (error._tag === "HomeFailed") return Effect.fail(error.cause)
        if (error._tag !== "HubRefusal") return lost(needs, course, error.message)
        if (error.reason === "gone") return gone(needs, follower)
        return error.reason === "key-refused" ? keyRefused(needs) : lost(needs, course, error.message)
      }),
      Effect.forever,
    )
  })

const tell = <E, R>(
  { cache, troubles }: Needs,
  { handler, instance, name, within }: Follower<E, R>,
  { failures, reached }: Course,
  { at, household, measured, moments }: TimedChange,
) =>
  Effect.gen(function* () {
    yield* Ref.set(failures, 0)
    yield* troubles.resolve("hub-unreachable")
    yield* troubles.resolve("hub-refused")
    yield* tellOnce(
      moments.filter((moment) => isYoung(moment, at, within)),
      {
        announceOnce: (young) => cache.announceOnce(`${name} ${instance}`.trim(), at, young),
        tell: (fresh) => telling(name, handler({ household, measured, moments: fresh })),
      },
    ).pipe(Effect.mapError((cause) => new HomeFailed({ cause })))
    yield* cache.keep(household)
    yield* cache.reach(name, household.revision)
    yield* Ref.set(reached, household.revision)
  })

/** Waits before the next try, longer after each failure. */
const lost = ({ hub, troubles }: Needs, { failures }: Course, message: string) =>
  Effect.gen(function* () {
    const before = yield* Ref.getAndUpdate(failures, (n) => n + 1)
    // When a runner ends, another takes over within a moment: no trouble yet.
    if (before === 2)
      yield* troubles.report({
        code: "hub-unreachable",
        found: `The hub at ${hub.url} cannot be followed: ${message}`,
      })
    const wait = Math.min(longest, soon * 2 ** before)
    // Spreads the homes that lost the same runner.
    yield* Effect.sleep(Duration.seconds(wait * (yield* Random.nextRange(0.5, 1.5))))
  })

/** The home keeps the last values, since a key may be replaced by mistake. */
const keyRefused = ({ hub, troubles }: Needs) =>
  Effect.zipRight(
    troubles.report({ code: "hub-refused", found: `The hub at ${hub.url} refuses this home's key.` }),
    Effect.sleep(Duration.seconds(longest)),
  )

/** The household was deleted for good: shows nothing from now on. */
const gone = <E, R>({ cache, hub, troubles, values }: Needs, { handler }: Follower<E, R>) =>
  Effect.gen(function* () {
    yield* cache.forget
    yield* troubles.report({
      code: "hub-refused",
      found: `The hub at ${hub.url} no longer has this household.`,
    })
    const nobody: Household = { revision: Revision(0), persons: [], values, descriptors: [], leftOut: [] }
    yield* handler({ household: nobody, measured: [], moments: [] })
    return yield* Effect.never
  })
