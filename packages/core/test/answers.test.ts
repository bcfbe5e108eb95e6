import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Queue, Schedule } from "effect"
import { HouseholdFeed, SyncStatus, type HouseholdChange } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

/** Shorter than the 30 seconds after which a request is given up: waiting behind the history takes longer. */
const patience = Duration.seconds(25)

it.live("a request does not wait until the history is read", () =>
  Effect.acquireUseRelease(
    Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 100_000 })),
    (simulator) =>
      Effect.gen(function* () {
        const name = simulator.persons[0]?.name ?? ""
        yield* Effect.promise(() => simulator.faults.failNext("getactivity", { kind: "timeout" }))
        const { id } = yield* signIn(name)
        const status = yield* SyncStatus
        // Weights and nights of the last month are there, and the days hang.
        yield* Effect.retry(
          Effect.filterOrFail(
            status.progress,
            (all) => all.length === 2,
            () => "not yet",
          ),
          Schedule.spaced("20 millis"),
        )
        const feed = yield* HouseholdFeed
        const changes = yield* Queue.unbounded<HouseholdChange>()
        yield* Effect.forkScoped(feed.follow("home", (change) => Queue.offer(changes, change)))
        yield* Effect.promise(() => simulator.weigh(name, 72.4))
        yield* status.request(id, "getmeas")
        const { household } = yield* Queue.take(changes).pipe(
          Effect.repeat({ until: ({ measured }) => measured.length > 0 }),
          Effect.timeout(patience),
        )
        const weights = household.descriptors.flatMap(({ features }) =>
          features.flatMap(({ key, reading }) => (key === "weight" ? [reading?.value] : [])),
        )
        assert.include(weights, 72.4)
        assert.lengthOf(yield* status.progress, 2)
      }).pipe(Effect.scoped, Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    (simulator) => Effect.promise(() => simulator.close()),
  ),
)
