import { assert, describe, it } from "@effect/vitest"
import { Clock, Context, Deferred, Effect, Fiber, FiberId, Layer, Queue, Schedule, Scope } from "effect"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import type { HouseholdChange } from "../src/device/Household.ts"
import { HouseholdFeed } from "../src/HouseholdFeed.ts"
import * as HouseholdKeeper from "../src/HouseholdKeeper.ts"
import { type Device, DeviceId } from "../src/measure/Device.ts"
import type { PersonId } from "../src/measure/Person.ts"
import type { Moment } from "../src/moment/Moment.ts"
import { HeldStates } from "../src/store/HeldStates.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { layerStore } from "../src/store/Database.ts"
import { LeftOut } from "../src/store/LeftOut.ts"
import { MeasureStore } from "../src/store/MeasureStore.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { onEveryStore } from "./postgres.ts"
import { signedIn } from "./signedIn.ts"
import { configFor } from "./withingsLayer.ts"

const processOn = (config: BridgeConfig) =>
  Layer.merge(HouseholdFeed.layer, HouseholdKeeper.layer).pipe(
    Layer.provideMerge(
      Layer.mergeAll(
        MeasureStore.layer,
        HouseholdStore.layer,
        LeftOut.layer,
        PersonStore.layer,
        HeldStates.layer,
      ),
    ),
    Layer.provideMerge(layerStore(config)),
    Layer.provideMerge(BridgeConfig.layer(config)),
    Layer.fresh,
    Layer.build,
  )

type Process = Effect.Effect.Success<ReturnType<typeof processOn>>

const mat = (personId: PersonId): Device => ({
  id: DeviceId("mat"),
  personId,
  type: "Sleep Monitor",
  model: "Aura Sensor V2",
  modelId: 63,
  battery: "high",
  firstSession: 1,
  lastSession: 1,
  timezone: "Europe/Paris",
  linked: true,
})

const now = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

/** The moments that a home is told, as they come. */
const followedBy = (process: Context.Context<HouseholdFeed>, consumer: string, instance = "") =>
  Effect.gen(function* () {
    const told = yield* Queue.unbounded<Moment>()
    const changes = yield* Queue.unbounded<HouseholdChange>()
    yield* Effect.forkScoped(
      Context.get(process, HouseholdFeed).follow(
        consumer,
        (change) => Effect.zipRight(Queue.offerAll(told, change.moments), Queue.offer(changes, change)),
        { instance },
      ),
    )
    yield* Queue.take(changes)
    return told
  })

/** A process of Ann's household that knows her bed, and how she lies down on it and gets up. */
const annsBed = (keeper: Process) =>
  Effect.gen(function* () {
    const ann = yield* Effect.provide(
      Effect.flatMap(PersonStore, (persons) => persons.keep(signedIn("1", "Ann"))),
      keeper,
    )
    const household = Context.get(keeper, HouseholdStore)
    yield* household.keepDevices(ann.id, [mat(ann.id)])
    yield* Effect.repeat(Context.get(keeper, HeldStates).all, {
      schedule: Schedule.spaced("20 millis"),
      until: (held) => [...held.keys()].some((key) => key.startsWith("seen in-bed")),
    })
    return (inBed: boolean, at: number) =>
      household.keepPresence({ personId: ann.id, deviceId: DeviceId("mat"), inBed, at, source: "webhook" })
  })

const next = (told: Queue.Dequeue<Moment>) =>
  Queue.take(told).pipe(
    Effect.map(({ kind }) => kind),
    Effect.timeout("60 seconds"),
  )

await onEveryStore((store) => {
  describe("moments in a household of several processes", () => {
    it.live("are delivered to each of two homes of one name", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", yield* store.newStore)
        const keeper = yield* processOn(config)
        const lie = yield* annsBed(keeper)
        const one = yield* followedBy(keeper, "homebridge", "one")
        const other = yield* followedBy(yield* processOn(config), "homebridge", "other")
        yield* lie(true, yield* now)
        assert.deepStrictEqual(yield* Effect.all([next(one), next(other)]), ["went-to-bed", "went-to-bed"])
      }).pipe(Effect.scoped),
    )

    it.live("are told to each home once, also to one that was away for a while", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", yield* store.newStore)
        const keeper = yield* processOn(config)
        const other = yield* processOn(config)
        const lie = yield* annsBed(keeper)
        const started = yield* now

        const away = yield* Scope.make()
        const first = yield* followedBy(keeper, "first")
        const second = yield* followedBy(other, "second").pipe(Scope.extend(away))
        yield* lie(true, started)
        assert.deepStrictEqual(yield* Effect.all([next(first), next(second)]), ["went-to-bed", "went-to-bed"])
        // The second home stops, and comes back after the next one.
        yield* Scope.close(away, yield* Effect.exit(Effect.void))
        yield* lie(false, started + 1)
        assert.strictEqual(yield* next(first), "got-up")
        const again = yield* followedBy(other, "second")
        assert.strictEqual(yield* next(again), "got-up")

        const heard = yield* Queue.takeAll(first)
        const heardAgain = yield* Queue.takeAll(again)
        assert.deepStrictEqual([[...heard], [...heardAgain]], [[], []])
      }).pipe(Effect.scoped),
    )

    it.live("are not told again after a stop in the middle of telling", () =>
      Effect.gen(function* () {
        const config = configFor("http://127.0.0.1:9", yield* store.newStore)
        const process = yield* processOn(config)
        const lie = yield* annsBed(process)
        const feed = Context.get(process, HouseholdFeed)
        const arrived = yield* Deferred.make<void>()
        const ready = yield* Deferred.make<void>()
        const first = yield* Effect.fork(
          feed.follow("home", ({ moments }) =>
            moments.length === 0
              ? Deferred.succeed(ready, undefined)
              : // What takes long lets itself be stopped.
                Effect.zipRight(Deferred.succeed(arrived, undefined), Effect.interruptible(Effect.never)),
          ),
        )
        yield* Deferred.await(ready)
        yield* lie(true, yield* now)
        yield* Deferred.await(arrived)
        yield* Fiber.interrupt(first)

        const again = yield* followedBy(yield* processOn(config), "home")
        assert.deepStrictEqual([...(yield* Queue.takeAll(again))], [])
      }).pipe(Effect.scoped),
    )

    it.live("are told to the end by a home that is stopped meanwhile", () =>
      Effect.gen(function* () {
        const process = yield* processOn(configFor("http://127.0.0.1:9", yield* store.newStore))
        const lie = yield* annsBed(process)
        const feed = Context.get(process, HouseholdFeed)
        const [ready, arrived, stopped] = yield* Effect.all([
          Deferred.make<void>(),
          Deferred.make<void>(),
          Deferred.make<void>(),
        ])
        const told: Array<string> = []
        const first = yield* Effect.fork(
          feed.follow("home", ({ moments }) =>
            Effect.gen(function* () {
              if (moments.length === 0) return yield* Deferred.succeed(ready, undefined)
              yield* Deferred.succeed(arrived, undefined)
              yield* Deferred.await(stopped)
              return told.push(...moments.map(({ kind }) => kind))
            }),
          ),
        )
        yield* Deferred.await(ready)
        yield* lie(true, yield* now)
        yield* Deferred.await(arrived)
        yield* Fiber.interruptAsFork(first, FiberId.none)
        yield* Deferred.succeed(stopped, undefined)
        yield* Fiber.await(first)
        assert.deepStrictEqual(told, ["went-to-bed"])
      }).pipe(Effect.scoped),
    )
  })
})
