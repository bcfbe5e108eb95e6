import { assert, describe, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Chunk, Duration, Effect, Layer, Schedule, Stream } from "effect"
import { Millis } from "../src/epochSeconds.ts"
import { History, HouseholdFeed } from "../src/index.ts"
import type { Measure } from "../src/measure/Measure.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { Lease } from "../src/store/Lease.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import * as SyncEngine from "../src/sync/SyncEngine.ts"
import { takeStep } from "../src/sync/takeStep.ts"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { RequestBudget, RequestPriority, type Priority } from "../src/withings/client/RequestBudget.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { signIn } from "./authorize.ts"
import { unhurriedBridge, unhurriedServices } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const withSimulator = <A, E, R>(
  options: Parameters<typeof startSimulator>[0],
  use: (simulator: Simulator) => Effect.Effect<A, E, R>,
) =>
  Effect.acquireUseRelease(
    Effect.promise(() => startSimulator({ requestsPerMinute: 100_000, ...options })),
    use,
    (simulator) => Effect.promise(() => simulator.close()),
  )

const eventually = <A, E, R>(look: Effect.Effect<A, E, R>, again = Duration.millis(50)) =>
  look.pipe(Effect.retry(Schedule.spaced(again)), Effect.timeout(Duration.seconds(100)))

/** All measures once there are some of these sources. */
const measuresWith = (personId: PersonId, holds: (measures: ReadonlyArray<Measure>) => boolean) =>
  eventually(
    Effect.flatMap(History, (history) => Stream.runCollect(history.all(personId))).pipe(
      Effect.map(Chunk.toReadonlyArray),
      Effect.filterOrFail(holds, () => "not there yet"),
    ),
    // Each look reads a whole history, and would take the time that the sync needs.
    Duration.seconds(1),
  )

const watch = ({ persons }: Simulator) =>
  persons.find(({ devices }) => devices.some(({ type }) => type === "Activity Tracker"))?.name ?? ""

const now = () => Math.floor(Date.now() / 1000)
const day = 86_400

describe("lists without a time of change", () => {
  it.live("an electrocardiogram arrives with its verdict, and its curve can be fetched", () =>
    withSimulator({ years: 0.5 }, (simulator) =>
      Effect.gen(function* () {
        const name = watch(simulator)
        const person = yield* signIn(name)
        const before = yield* measuresWith(person.id, (all) => all.some(({ source }) => source === "heart"))
        assert.isTrue(before.every(({ kind, source }) => source !== "heart" || kind !== "steps"))
        yield* Effect.promise(() => simulator.recordEcg(name, 1))
        yield* Effect.flatMap(SyncStatus, (status) => status.request(person.id, "heart"))
        const known = new Set(before.map(({ group, source }) => `${source}/${group}`))
        const isNew = ({ group, source }: Measure) => source === "heart" && !known.has(`heart/${group}`)
        const all = yield* measuresWith(person.id, (all) => all.some(isNew))
        const recording = all.filter(isNew)
        assert.strictEqual(recording.find(({ kind }) => kind === "afib-ecg")?.value, 1)
        assert.isAbove(recording.find(({ kind }) => kind === "ecg-heart-rate")?.value ?? 0, 20)
        const signal = yield* Effect.flatMap(WithingsApi, (api) =>
          api.ecgSignal(person.id, recording[0]?.group ?? ""),
        )
        assert.strictEqual(signal.samplingFrequency, 300)
        assert.strictEqual(signal.microvolts.length, 30 * 300)
        assert.isAbove(Math.max(...signal.microvolts), 500)
      }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    ),
  )

  it.live("the sounds of a stethoscope arrive with their verdict, and can be listened to", () =>
    withSimulator({ persons: 3, years: 0.5 }, (simulator) =>
      Effect.gen(function* () {
        const owner = simulator.persons.find(({ devices }) =>
          devices.some(({ model }) => model === "BPM Core"),
        )
        const person = yield* signIn(owner?.name ?? "")
        const all = yield* measuresWith(person.id, (all) => all.some(({ source }) => source === "sound"))
        const sounds = all.filter(({ source }) => source === "sound")
        assert.deepStrictEqual([...new Set(sounds.map(({ kind }) => kind))], ["valve-disease"])
        assert.isTrue(sounds.every(({ deviceId }) => deviceId !== null))
        const sound = yield* Effect.flatMap(WithingsApi, (api) =>
          api.heartSound(person.id, sounds[0]?.group ?? ""),
        )
        assert.strictEqual(sound.samplingFrequency, 4000)
        assert.strictEqual(sound.samples.length, 5 * 4000)
        assert.isAbove(Math.max(...sound.samples), 1000)
        assert.isBelow(Math.min(...sound.samples), -1000)
      }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    ),
  )

  it.live("the minutes of the last days arrive after the first history, and no older ones", () =>
    withSimulator({ years: 0.5 }, (simulator) =>
      Effect.gen(function* () {
        const person = yield* signIn(watch(simulator))
        const all = yield* measuresWith(
          person.id,
          (all) =>
            all.some(({ kind }) => kind === "intraday-heart-rate") &&
            all.some(({ kind }) => kind === "night-state"),
        )
        const minutes = all.filter(({ source }) => source === "intraday")
        assert.isTrue(minutes.every(({ at }) => at > now() - 2 * day - 120))
        assert.isTrue(minutes.some(({ kind }) => kind === "night-heart-rate"))
        const asked = simulator.requests.filter(({ action }) => action === "getintradayactivity")
        assert.strictEqual(asked.length, 2)
        for (const { params } of asked)
          assert.isAtMost(Number(params["enddate"]) - Number(params["startdate"]), day)
        const lastOfHistory = simulator.requests.findLastIndex(
          ({ action, params }) => action === "getmeas" && params["startdate"] !== undefined,
        )
        const first = asked[0]
        assert.isTrue(first !== undefined && simulator.requests.indexOf(first) > lastOfHistory)
      }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    ),
  )

  it.live("minutes are forgotten when their days are over, recordings are not", () =>
    withSimulator({ years: 0.5 }, (simulator) =>
      Effect.gen(function* () {
        const config = configFor(simulator.url, { intradayDays: 2 })
        const person = yield* Effect.gen(function* () {
          const person = yield* signIn(watch(simulator))
          yield* measuresWith(person.id, (all) => all.some(({ kind }) => kind === "intraday-heart-rate"))
          return person
        }).pipe(Effect.provide(unhurriedBridge(config)))
        yield* Effect.gen(function* () {
          // What was read an hour ago at most is not read again because of a restart.
          yield* (yield* SyncStatus).request(person.id, "intraday")
          const all = yield* measuresWith(person.id, (all) =>
            all.every(({ at, source }) => source !== "intraday" || at > now() - day - 120),
          )
          assert.isTrue(all.some(({ source }) => source === "heart"))
        }).pipe(Effect.provide(unhurriedBridge({ ...config, intradayDays: 1 })))
      }),
    ),
  )

  it.live("a person who allows none of it, or has no device for it, loses nothing else", () =>
    withSimulator({ years: 0 }, (simulator) =>
      Effect.gen(function* () {
        yield* Effect.promise(() => simulator.faults.failNext("heart list", 403, 1000))
        yield* Effect.promise(() => simulator.faults.failNext("getintradayactivity", 403, 1000))
        const person = yield* signIn(watch(simulator))
        const status = yield* SyncStatus
        yield* status.requestAll(person.id)
        yield* eventually(
          Effect.filterOrFail(
            Effect.sync(() => simulator.requests.filter(({ status }) => status === 403)),
            (refused) => refused.length >= 2,
            () => "not asked yet",
          ),
        )
        yield* Effect.promise(() => simulator.weigh(watch(simulator), 72.4))
        yield* status.request(person.id, "getmeas")
        yield* measuresWith(person.id, (all) => all.some(({ value }) => value === 72.4))
        assert.strictEqual(simulator.requests.filter(({ path }) => path === "/v2/heart").length, 1)
      }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    ),
  )
})

describe("priorities", () => {
  it.live("requests of webhooks and users are sent before polls and history, windows included", () =>
    withSimulator({ years: 0 }, (simulator) =>
      Effect.gen(function* () {
        const spent: Array<Priority> = []
        const watched = RequestBudget.of({
          spend: () => Effect.map(RequestPriority, (priority) => void spent.push(priority)),
          pause: () => Effect.succeed(0),
        })
        yield* Effect.gen(function* () {
          const person = yield* signIn(watch(simulator))
          const lease = yield* Lease
          const cursors = yield* SyncCursor
          const grant = yield* lease.tryAcquire("sync:test")
          assert.isNotNull(grant)
          if (grant === null) return
          const window = { from: now() - day, to: now() }
          const span = { _tag: "ChangedSince", modified: 1 } as const
          const prioritiesOf = (step: Parameters<typeof takeStep>[1]) =>
            Effect.suspend(() => {
              spent.length = 0
              return Effect.map(takeStep({ personId: person.id, grant }, step), () => [...new Set(spent)])
            })
          const request = { feed: "getmeas", askedAt: Millis(1), window } as const
          assert.deepStrictEqual(yield* prioritiesOf({ _tag: "Answer", request, span }), ["webhook"])
          const heart = { ...request, feed: "heart" } as const
          assert.deepStrictEqual(
            yield* prioritiesOf({ _tag: "Recent", feed: "heart", ...window, request: heart }),
            ["webhook"],
          )
          assert.deepStrictEqual(
            yield* prioritiesOf({ _tag: "Delta", feed: "getmeas", span, announced: false }),
            ["poll"],
          )
          for (const [today, priority] of [
            [true, "poll"],
            [false, "history"],
          ] as const) {
            const step = { _tag: "History", feed: "day", ...window, today } as const
            assert.deepStrictEqual(yield* prioritiesOf(step), [priority])
          }
          assert.deepStrictEqual(
            yield* prioritiesOf({ _tag: "Reread", feed: "day", ...window, announced: false }),
            ["history"],
          )
          assert.deepStrictEqual(yield* cursors.requests(person.id), [])
        }).pipe(
          Effect.scoped,
          Effect.provide(unhurriedServices(configFor(simulator.url), Layer.succeed(RequestBudget, watched))),
        )
      }),
    ),
  )

  it.live("a weigh-in does not wait for requests of minutes", () =>
    withSimulator({ years: 0 }, (simulator) => {
      const reached = Effect.unsafeMakeLatch()
      const noMinutes = RequestBudget.of({
        spend: (_, action) =>
          action === "getintradayactivity" ? Effect.zipRight(reached.open, Effect.never) : Effect.void,
        pause: () => Effect.succeed(0),
      })
      const bridge = Layer.provideMerge(
        SyncEngine.layer,
        unhurriedServices(configFor(simulator.url), Layer.succeed(RequestBudget, noMinutes)),
      )
      return Effect.gen(function* () {
        const person = yield* signIn(watch(simulator))
        yield* reached.await
        yield* Effect.promise(() => simulator.weigh(watch(simulator), 72.4))
        yield* Effect.flatMap(SyncStatus, (status) => status.request(person.id, "getmeas"))
        yield* measuresWith(person.id, (all) =>
          all.some(({ kind, value }) => kind === "weight" && value === 72.4),
        )
      }).pipe(Effect.provide(bridge))
    }),
  )
})

describe("a bed without webhooks", () => {
  it.live("is left when the night reports it", () =>
    withSimulator({ years: 0, now: () => Date.now() - 8 * hourMillis }, (simulator) =>
      Effect.gen(function* () {
        const name = watch(simulator)
        const person = yield* signIn(name)
        yield* Effect.promise(() => simulator.goToBed(name))
        yield* Effect.promise(() => simulator.advance(8 * 3600 - 60))
        const { date } = yield* Effect.promise(() => simulator.getUp(name))
        yield* Effect.flatMap(SyncStatus, (status) => status.request(person.id, "night"))
        const all = yield* measuresWith(person.id, (all) => all.some(({ kind }) => kind === "sleep-bed-move"))
        const move = all.find(({ kind }) => kind === "sleep-bed-move")
        const { descriptors } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
        const mat = descriptors.find(
          ({ deviceId, personId }) => personId === person.id && deviceId === move?.deviceId,
        )
        const reading = mat?.features.find(({ key }) => key === "in-bed")?.reading
        assert.strictEqual(reading?.value, 0)
        assert.isAtMost(Math.abs((reading?.at ?? 0) - date), 90)
      }).pipe(Effect.provide(unhurriedBridge(configFor(simulator.url)))),
    ),
  )
})

const hourMillis = 3_600_000
