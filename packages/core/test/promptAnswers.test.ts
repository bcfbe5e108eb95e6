import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Deferred, Effect, Fiber, Layer, Schedule } from "effect"
import { Revision } from "../src/device/Household.ts"
import { Millis } from "../src/epochSeconds.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { Lease } from "../src/store/Lease.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { leadPerson } from "../src/sync/leadPerson.ts"
import { RequestBudget, RequestPriority } from "../src/withings/client/RequestBudget.ts"
import type { AnyFeed, Window } from "../src/withings/client/Feed.ts"
import { signIn } from "./authorize.ts"
import { unhurriedServices } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const turn = (personId: PersonId) =>
  Effect.gen(function* () {
    const grant = yield* (yield* Lease).tryAcquire(`sync:${personId}`)
    assert.isNotNull(grant)
    yield* leadPerson(personId, grant)
  }).pipe(Effect.scoped)

const ask = (personId: PersonId, feed: AnyFeed, window: Window | null = null) =>
  Effect.flatMap(SyncCursor, (cursors) =>
    cursors.request(personId, { feed, askedAt: Millis(Date.now()), window }),
  )

const waiting = (personId: PersonId) =>
  Effect.map(
    Effect.flatMap(SyncCursor, (cursors) => cursors.requests(personId)),
    (requests) => requests.map(({ feed }) => feed),
  )

const until = <E, R>(what: string, holds: Effect.Effect<boolean, E, R>) =>
  Effect.filterOrFail(
    holds,
    (is) => is,
    () => what,
  ).pipe(
    Effect.retry(Schedule.spaced("20 millis")),
    Effect.timeoutFail({ duration: "60 seconds", onTimeout: () => `never: ${what}` }),
  )

it.live("a weigh-in does not wait behind the steps of a day for which there is no request left", () =>
  Effect.gen(function* () {
    const simulator = yield* Effect.acquireRelease(
      Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 1_000_000 })),
      (cloud) => Effect.promise(() => cloud.close()),
    )
    let isShort = false
    let held = 0
    const more = yield* Deferred.make<void>()
    /** Once requests are short, only urgent ones are sent. */
    const short = Layer.succeed(RequestBudget, {
      spend: () =>
        Effect.flatMap(RequestPriority, (priority) => {
          if (!isShort || priority === "webhook" || priority === "sign-in") return Effect.void
          held += 1
          return Deferred.await(more)
        }),
      pause: () => Effect.succeed(0),
    })
    yield* Effect.gen(function* () {
      const name = simulator.persons[0]?.name ?? ""
      const { id } = yield* signIn(name)
      yield* turn(id)
      isShort = true
      yield* ask(id, "day")
      yield* ask(id, "workout")
      const during = yield* Effect.fork(turn(id))
      yield* until(
        "the steps wait for a request",
        Effect.sync(() => held > 0),
      )
      yield* Effect.promise(() => simulator.weigh(name, 71.5))
      yield* ask(id, "getmeas")
      yield* until(
        "the weigh-in is read",
        Effect.map(waiting(id), (feeds) => !feeds.includes("getmeas")),
      )
      assert.sameMembers(yield* waiting(id), ["day", "workout"])
      yield* Deferred.succeed(more, undefined)
      yield* Fiber.join(during)
      assert.deepStrictEqual(yield* waiting(id), [])
    }).pipe(Effect.provide(unhurriedServices(configFor(simulator.url), short)))
  }).pipe(Effect.scoped),
)

it.live("a weigh-in brings the one before it whose webhook was lost, in the same request", () =>
  Effect.gen(function* () {
    const simulator = yield* Effect.acquireRelease(
      Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 1_000_000 })),
      (cloud) => Effect.promise(() => cloud.close()),
    )
    yield* Effect.gen(function* () {
      const name = simulator.persons[0]?.name ?? ""
      const { id } = yield* signIn(name)
      yield* turn(id)
      const weigh = (kilograms: number) =>
        Effect.promise(async () => {
          await simulator.advance(600)
          return simulator.weigh(name, kilograms)
        })
      const lost = yield* weigh(71.5)
      const heard = yield* weigh(71.7)
      const before = simulator.requests.length
      yield* ask(id, "getmeas", { from: heard.date, to: heard.date })
      yield* turn(id)
      const asked = simulator.requests.slice(before).map(({ action }) => action)
      assert.deepStrictEqual(asked, ["getmeas"])
      const born = yield* Effect.flatMap(MeasureStore, (measures) =>
        measures.born(Revision(0), Revision(1e9)),
      )
      const weights = born.filter(({ at, kind }) => kind === "weight" && at >= lost.date)
      assert.sameMembers(
        weights.map(({ value }) => value),
        [71.5, 71.7],
      )
    }).pipe(Effect.provide(unhurriedServices(configFor(simulator.url))))
  }).pipe(Effect.scoped),
)
