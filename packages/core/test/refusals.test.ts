import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Layer, Schedule } from "effect"
import { History } from "../src/store/History.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { Subscriptions } from "../src/store/Subscriptions.ts"
import { announcedTo } from "../src/sync/announcedFeeds.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { Troubles } from "../src/trouble/Troubles.ts"
import { SignIn } from "../src/withings/account/SignIn.ts"
import { signIn } from "./authorize.ts"
import { freePort } from "./freePort.ts"
import { unhurriedBridge, unhurriedHearingBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const simulator = Effect.acquireRelease(
  Effect.promise(() => startSimulator({ years: 0.1, requestsPerMinute: 1_000_000 })),
  (simulator) => Effect.promise(() => simulator.close()),
)

/** Waits for a condition, generously. */
const eventually = <E, R>(what: string, look: Effect.Effect<boolean, E, R>) =>
  Effect.filterOrFail(
    look,
    (holds) => holds,
    () => what,
  ).pipe(
    Effect.retry(Schedule.spaced(Duration.millis(50))),
    Effect.timeoutFail({ duration: "90 seconds", onTimeout: () => `never seen: ${what}` }),
  )

it.live.each([401, 293, 503, 2555])(
  "status %i for one list leaves the person signed in, and the list is there again soon after",
  (status) =>
    Effect.gen(function* () {
      const cloud = yield* simulator
      const name = cloud.persons[0]?.name ?? ""
      const asked = (action: string) => cloud.requests.filter((one) => one.action === action)
      yield* Effect.gen(function* () {
        const household = yield* HouseholdStore
        const sync = yield* SyncStatus
        const history = yield* History
        const { id } = yield* signIn(name)
        yield* eventually(
          "the first history",
          Effect.map(sync.progress, (all) => all.length === 4 && all.every((one) => one.finishedAt !== null)),
        )
        const answered = eventually(
          "an answer to a request",
          Effect.map(sync.waiting, (waiting) => !waiting.some(({ feed }) => feed === "getmeas")),
        )
        yield* Effect.promise(() => cloud.faults.failNext("getmeas", status, 1000))
        yield* Effect.promise(() => cloud.weigh(name, 81.5))
        const refused = () => asked("getmeas").filter((one) => one.status === status).length
        // Whoever asks is answered: Withings is asked once more, and nothing goes round in circles.
        for (let nth = 0; nth < 5; nth++) {
          const before = refused()
          yield* sync.request(id, "getmeas")
          yield* answered
          assert.isAtMost(refused() - before, 2)
        }
        assert.isAbove(refused(), 0)
        assert.strictEqual((yield* household.persons)[0]?.standing.state, "signed-in")
        const troubles = yield* Troubles
        const [trouble] = yield* troubles.current
        assert.deepInclude(trouble, { code: "withings-refused", aboutId: id })
        assert.include(trouble?.found, `body measures (status ${status})`)
        // The sign-in itself, and one refresh to see that the trouble is not with the token.
        assert.isAtMost(asked("requesttoken").length, 2)
        yield* Effect.promise(() => cloud.faults.clear())
        // Whoever asks in the second of a refusal is declined with it.
        const weights = history.newest({ personId: id, feature: "weight", from: 0, to: 1e11, take: 1 })
        yield* eventually(
          "the weight",
          Effect.zipRight(
            sync.request(id, "getmeas"),
            Effect.map(weights, ([newest]) => newest?.value === 81.5),
          ),
        )
        yield* eventually(
          "the end of the trouble",
          Effect.map(troubles.current, (all) => all.length === 0),
        )
      }).pipe(Effect.provide(Layer.fresh(unhurriedBridge(configFor(cloud.url)))))
    }).pipe(Effect.scoped),
  { timeout: 300_000 },
)

it.live(
  "who signs out and in again gets webhooks at once, which count as arriving once one did",
  () =>
    Effect.gen(function* () {
      const cloud = yield* simulator
      const name = cloud.persons[0]?.name ?? ""
      const port = yield* Effect.promise(freePort)
      const webhook = { publicUrl: `http://127.0.0.1:${port}`, host: "127.0.0.1", port }
      const subscribed = () => cloud.requests.filter(({ action }) => action === "subscribe").length
      yield* Effect.gen(function* () {
        const subscriptions = yield* Subscriptions
        const standing = Effect.map(subscriptions.all, (all) => all.length === 1)
        const { id } = yield* signIn(name)
        yield* eventually("subscriptions", standing)
        // Configured and subscribed, but nothing was received yet: polling goes on as without.
        assert.deepStrictEqual(yield* announcedTo(id), [])
        yield* Effect.promise(() => cloud.weigh(name, 70))
        yield* eventually(
          "webhooks that are relied on",
          Effect.map(announcedTo(id), (feeds) => feeds.includes("getmeas")),
        )
        yield* subscriptions.missed(id, "getmeas")
        assert.deepStrictEqual(yield* announcedTo(id), [])

        const before = subscribed()
        yield* (yield* SignIn).signOut(id)
        yield* signIn(name)
        yield* eventually(
          "new subscriptions",
          Effect.sync(() => subscribed() >= 2 * before),
        )
        yield* eventually("them noted", standing)
        assert.deepStrictEqual(yield* announcedTo(id), [])
      }).pipe(Effect.provide(Layer.fresh(unhurriedHearingBridge(configFor(cloud.url, { webhook })))))
    }).pipe(Effect.scoped),
  { timeout: 300_000 },
)

it.live(
  "an address that Withings refused once is tried again within a minute",
  () =>
    Effect.gen(function* () {
      const cloud = yield* simulator
      const port = yield* Effect.promise(freePort)
      const webhook = { publicUrl: `http://127.0.0.1:${port}`, host: "127.0.0.1", port }
      const subscribed = (status: number) =>
        cloud.requests.filter((one) => one.action === "subscribe" && one.status === status).length
      yield* Effect.gen(function* () {
        yield* Effect.promise(() => cloud.faults.failNext("subscribe", 293, 1))
        yield* signIn(cloud.persons[0]?.name ?? "")
        yield* eventually(
          "a subscription after a refusal",
          Effect.sync(() => subscribed(293) === 1 && subscribed(0) > 0),
        )
      }).pipe(Effect.provide(Layer.fresh(unhurriedHearingBridge({ ...configFor(cloud.url), webhook }))))
    }).pipe(Effect.scoped),
  { timeout: 300_000 },
)
