import { Data, Duration, Effect, Option, Random, Ref, Stream } from "effect"
import { BridgeConfig, defaultAnnounceWithin, type HubAddress } from "../BridgeConfig.ts"
import type { Household, HouseholdChange } from "../device/Household.ts"
import { type FollowOptions, HouseholdFeed, type TimedChange, telling, tellOnce } from "../HouseholdFeed.ts"
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
    return "the hub is silent."
  }
}

class HomeFailed<E> extends Data.TaggedError("HomeFailed")<{ readonly cause: E }> {}

/**
 * The household of a hub. Each consumer goes on from the revision it has told its home, which this home keeps: over
 * restarts and lost connections no measured event is lost, and none is told twice.
 */
export const followHub = (hub: HubAddress, cache: HubCache) =>
  Effect.gen(function* () {
    const client = yield* HubClient
    const troubles = yield* Troubles
    const { announceWithin = defaultAnnounceWithin, values = "essential" } = yield* BridgeConfig
    const asSetHere = (household: Household): Household => ({ ...household, values })

    const changes = (after: number | null) =>
      client.Changes({ after }).pipe(
        Stream.timeoutFail(() => new Silent(), deadAfter),
        Stream.filterMap(Option.fromNullable),
        Stream.map((change) => ({ ...change, household: asSetHere(change.household) })),
      )

    const fromCache = Effect.map(cache.household, (household) =>
      household === null ? null : asSetHere(household),
    )

    const current = changes(null).pipe(
      Stream.runHead,
      Effect.timeoutFail({ duration: answersWithin, onTimeout: () => new Silent() }),
      Effect.flatMap((first) => first),
      Effect.map(({ household }) => household),
      Effect.tap(cache.keep),
      Effect.catchAll((error) =>
        Effect.flatMap(fromCache, (kept) =>
          kept === null
            ? Effect.fail(unanswered({ message: "message" in error ? String(error.message) : "no answer." }))
            : Effect.succeed(kept),
        ),
      ),
    )

    const follow = <E, R>(
      consumer: string,
      handler: (change: HouseholdChange) => Effect.Effect<void, E, R>,
      { announceWithin: within = announceWithin, instance = "" }: FollowOptions = {},
    ) =>
      Effect.gen(function* () {
        const reached = yield* Ref.make(yield* cache.reached(consumer))
        const failures = yield* Ref.make(0)
        const tell = ({ at, household, measured, moments }: TimedChange) =>
          Effect.gen(function* () {
            yield* Ref.set(failures, 0)
            yield* troubles.resolve("hub-unreachable")
            yield* tellOnce(
              moments.filter((moment) => isYoung(moment, at, within)),
              {
                announceOnce: (young) => cache.announceOnce(`${consumer} ${instance}`.trim(), at, young),
                tell: (fresh) => telling(consumer, handler({ household, measured, moments: fresh })),
              },
            ).pipe(Effect.mapError((cause) => new HomeFailed({ cause })))
            yield* cache.keep(household)
            yield* cache.reach(consumer, household.revision)
            yield* Ref.set(reached, household.revision)
          })
        const connected = Effect.flatMap(Ref.get(reached), (after) => Stream.runForEach(changes(after), tell))
        const lost = (message: string) =>
          Effect.gen(function* () {
            const before = yield* Ref.getAndUpdate(failures, (n) => n + 1)
            // A runner that ends hands its homes on within a moment: no trouble yet.
            if (before === 2) {
              yield* troubles.report({
                code: "hub-unreachable",
                found: `The hub at ${hub.url} does not answer: ${message}`,
              })
            }
            const wait = Math.min(longest, soon * 2 ** before)
            // Homes that lost the same runner must not come back together.
            yield* Effect.sleep(Duration.seconds(wait * (yield* Random.nextRange(0.5, 1.5))))
          })
        const kept = yield* fromCache
        // Homes show what was known while the hub is looked for.
        if (kept !== null) yield* handler({ household: kept, measured: [], moments: [] })
        const gone = Effect.gen(function* () {
          const household = yield* fromCache
          yield* cache.forget
          yield* Ref.set(reached, null)
          yield* troubles.report({
            code: "hub-refused",
            found: `The hub at ${hub.url} no longer has this household.`,
          })
          if (household !== null)
            yield* handler({
              household: { ...household, persons: [], descriptors: [], leftOut: [] },
              measured: [],
              moments: [],
            })
          yield* Effect.sleep(Duration.seconds(longest))
        })
        return yield* connected.pipe(
          Effect.zipRight(lost("it ended the connection.")),
          Effect.catchAll((error) => {
            if (error._tag === "HomeFailed") return Effect.fail(error.cause)
            if (error._tag === "HubRefusal" && error.reason === "gone") return gone
            return lost(error.message)
          }),
          Effect.forever,
        )
      })

    return HouseholdFeed.of({
      current,
      changes: (after) => Stream.mapError(changes(after), unanswered),
      follow,
      consumers: cache.consumers,
    })
  })
