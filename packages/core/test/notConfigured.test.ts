import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Context, Deferred, Duration, Effect, Layer, Schedule } from "effect"
import { HouseholdFeed, SyncStatus } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { freePort } from "./freePort.ts"
import { unhurriedHearingBridge } from "./unhurried.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"

it.scopedLive(
  "an app that is not set up yet asks nothing, judges nobody, and leaves the lead and the webhooks to others",
  () =>
    Effect.gen(function* () {
      const simulator = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ requestsPerMinute: 100_000, years: 0 })),
        (running) => Effect.promise(() => running.close()),
      )
      const port = yield* Effect.promise(freePort)
      const webhook = { publicUrl: `http://127.0.0.1:${port}`, host: "127.0.0.1", port }
      const config = { ...configFor(simulator.url), webhook }
      const processOn = (clientId: string) =>
        Layer.build(Layer.fresh(unhurriedHearingBridge({ ...config, clientId })))
      const { name = "" } = simulator.persons[0] ?? {}
      yield* Effect.provide(signIn(name), withingsLayer(config))
      const requests = simulator.requests.length

      const feed = Context.get(yield* processOn(""), HouseholdFeed)
      const standing = Effect.map(feed.current, ({ persons }) => persons.map((each) => each.standing.state))
      const told = yield* Deferred.make<void>()
      yield* Effect.forkScoped(feed.follow("home", () => Deferred.succeed(told, undefined)))
      yield* Deferred.await(told)
      assert.strictEqual(simulator.requests.length, requests)
      assert.deepStrictEqual(yield* standing, ["signed-in"])

      // It would never read anything if the other one led.
      const status = Context.get(yield* processOn(config.clientId), SyncStatus)
      yield* Effect.filterOrFail(
        status.progress,
        (all) => all.length === 4 && all.every(({ finishedAt }) => finishedAt !== null),
        () => "not yet",
      ).pipe(Effect.retry(Schedule.spaced("50 millis")), Effect.timeout(Duration.seconds(60)))
      assert.deepStrictEqual(yield* standing, ["signed-in"])

      // Nor would anybody have webhooks if the other one received them.
      yield* Effect.filterOrFail(
        Effect.sync(() =>
          simulator.requests.filter(({ action, status }) => action === "subscribe" && status === 0),
        ),
        (subscribed) => subscribed.length > 0,
        () => "not yet",
      ).pipe(Effect.retry(Schedule.spaced("50 millis")), Effect.timeout(Duration.seconds(60)))
    }),
)
