import { assert, it } from "@effect/vitest"
import { startSimulator, products, type Simulator } from "@withings-bridge/simulator"
import { Duration, Effect, Schedule } from "effect"
import { HouseholdFeed, SyncStatus } from "../src/index.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { HouseholdStore } from "../src/store/HouseholdStore.ts"
import { signIn } from "./authorize.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const eventually = <A, E, R>(look: Effect.Effect<A, E, R>, isSo: (value: A) => boolean) =>
  Effect.filterOrFail(look, isSo, () => "not yet").pipe(
    Effect.retry(Schedule.spaced(Duration.millis(50))),
    Effect.timeout(Duration.seconds(60)),
  )

const withSimulator = <A, E, R>(use: (simulator: Simulator) => Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.promise(() => startSimulator({ requestsPerMinute: 100_000, years: 0 })),
    use,
    (simulator) => Effect.promise(() => simulator.close()),
  )

const devices = Effect.flatMap(HouseholdStore, ({ devices }) => devices)
/** What a webhook asks for: measures of a time. */
const announced = (personId: PersonId) =>
  Effect.flatMap(SyncStatus, ({ reread }) =>
    reread(personId, "getmeas", { from: Math.floor(Date.now() / 1000) - 600, to: 2_000_000_000 }),
  )

it.live("a new device appears together with its first measure", () =>
  withSimulator((simulator) =>
    Effect.gen(function* () {
      const { devices: own, name } = simulator.persons[0] ?? assert.fail("nobody")
      const scale = own.find(({ type }) => type === "Scale") ?? assert.fail("no scale")
      const person = yield* signIn(name)
      yield* eventually(devices, (all) => all.some(({ id }) => id === scale.deviceid))
      const status = yield* SyncStatus
      yield* eventually(
        status.progress,
        (all) => all.length === 4 && all.every((one) => one.finishedAt !== null),
      )
      const exchanged = yield* Effect.promise(() => simulator.replaceDevice(scale.deviceid))
      yield* Effect.promise(() => simulator.weigh(name, 71.2))
      yield* announced(person.id)
      const feed = yield* HouseholdFeed
      const { descriptors } = yield* eventually(feed.current, ({ descriptors }) =>
        descriptors.some(({ features }) =>
          features.some(({ kind, reading }) => kind === "weight" && reading?.value === 71.2),
        ),
      )
      const shown = descriptors.find(({ deviceId }) => deviceId === exchanged.deviceid)
      assert.strictEqual(shown?.features.find(({ kind }) => kind === "weight")?.reading?.value, 71.2)
    }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
  ),
)

it.live("a sync finds a device that has measured nothing yet", () =>
  withSimulator((simulator) =>
    Effect.gen(function* () {
      const { name } = simulator.persons[0] ?? assert.fail("nobody")
      const person = yield* signIn(name)
      const status = yield* SyncStatus
      yield* eventually(
        status.progress,
        (all) => all.length === 4 && all.every((one) => one.finishedAt !== null),
      )
      const added = yield* Effect.promise(() => simulator.addDevice(name, products.sleepMat))
      yield* status.requestAll(person.id)
      yield* eventually(devices, (all) => all.some(({ id }) => id === added.deviceid))
    }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
  ),
)
