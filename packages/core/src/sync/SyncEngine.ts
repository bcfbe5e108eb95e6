import { Cause, Duration, Effect, FiberMap, Layer, Option, Random, Schedule, Stream } from "effect"
import { BridgeConfig } from "../BridgeConfig.ts"
import { ChangeFeed } from "../store/ChangeFeed.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { Lease } from "../store/Lease.ts"
import type { Subscriptions } from "../store/Subscriptions.ts"
import type { SyncCursor } from "../store/SyncCursor.ts"
import { storeTrouble } from "../trouble/storeTrouble.ts"
import { Troubles } from "../trouble/Troubles.ts"
import { leadPerson, refusalEnded, storeWorks } from "./leadPerson.ts"
import type { SyncRound } from "./SyncRound.ts"

const followerAsksEvery = Duration.seconds(3)
/** Doublings of that after failures: a store that is gone is asked once in 48 seconds at last. */
const longestWait = 4

/**
 * Keeps the store up to date with Withings, person by person, as long as its scope is open. Of all processes one leads
 * each person; the others wait to take over. No error ends it: what is wrong becomes the person's standing.
 */
export const layer: Layer.Layer<
  never,
  never,
  BridgeConfig | ChangeFeed | HouseholdStore | Lease | Subscriptions | SyncCursor | SyncRound | Troubles
> = Layer.scopedDiscard(
  Effect.gen(function* () {
    // An app may learn later what it is set up with: until then nobody's standing is its to judge.
    if ((yield* BridgeConfig).clientId === "") return
    const feed = yield* ChangeFeed
    const household = yield* HouseholdStore
    const persons = yield* FiberMap.make<string>()
    yield* feed.wakes.pipe(
      Stream.mapEffect(() => household.persons),
      Stream.retry(Schedule.spaced("5 seconds")),
      Stream.runForEach((known) =>
        Effect.gen(function* () {
          const ids = new Set(known.map(({ id }) => id))
          // Whoever was removed.
          const gone = [...persons].map(([id]) => id).filter((id) => !ids.has(id))
          yield* Effect.forEach(gone, (id) => Effect.zipRight(FiberMap.remove(persons, id), refusalEnded(id)))
          yield* Effect.forEach(ids, (id) => FiberMap.run(persons, id, sync(id), { onlyIfMissing: true }))
        }),
      ),
      Effect.forkScoped,
    )
  }),
)

/** Leads the person unless another process does. false: it ended with a failure. */
const attempt = (personId: string) =>
  Effect.scoped(
    Effect.gen(function* () {
      const grant = yield* (yield* Lease).tryAcquire(`sync:${personId}`)
      yield* grant === null ? storeWorks : leadPerson(personId, grant)
    }),
  ).pipe(
    Effect.as(true),
    Effect.catchAllCause((cause) => {
      const error = Option.getOrNull(Cause.failureOption(cause))
      if (error?._tag === "LeaseLost") return Effect.as(refusalEnded(personId), true)
      const tell =
        error === null
          ? Effect.logWarning("The sync starts again", cause)
          : Effect.flatMap(Troubles, (troubles) => troubles.report(storeTrouble(error)))
      return Effect.as(tell, false)
    }),
  )

/** Tries to lead the person again and again. */
const sync = Effect.fn("SyncEngine.sync")(function* (personId: string) {
  let failures = 0
  for (;;) {
    failures = (yield* attempt(personId)) ? 0 : failures + 1
    const wait = Duration.times(followerAsksEvery, 2 ** Math.min(failures, longestWait))
    yield* Effect.sleep(Duration.times(wait, yield* Random.nextRange(0.8, 1.2)))
  }
})
