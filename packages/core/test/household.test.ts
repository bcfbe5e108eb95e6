import { assert, describe, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Chunk, Duration, Effect, Fiber, Layer, Queue, Schedule, Stream } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  Bridge,
  type BridgeConfig,
  History,
  HouseholdFeed,
  SyncStatus,
  type HouseholdChange,
} from "../src/index.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { kindOfMeastype } from "../src/withings/decode/meastype.ts"
import { signIn } from "./authorize.ts"
import { onEveryStore } from "./postgres.ts"
import { recorded } from "./recorded.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"
import { freePort } from "./freePort.ts"

/** Waits for a condition, looking again and again; fails after a time that no slow machine needs. */
const eventually = <A, E, R>(look: Effect.Effect<A, E, R>) =>
  look.pipe(Effect.retry(Schedule.spaced(Duration.millis(50))), Effect.timeout(Duration.seconds(60)))

const historyComplete = (personId: PersonId) =>
  eventually(
    Effect.filterOrFail(
      Effect.flatMap(SyncStatus, (status) => status.progress),
      (all) => {
        const mine = all.filter((progress) => progress.personId === personId)
        return mine.length === 4 && mine.every((progress) => progress.finishedAt !== null)
      },
      () => "not complete yet",
    ),
  )

const countsOf = (personId: PersonId) =>
  Effect.map(
    Effect.flatMap(History, (history) => history.counts),
    (counts) =>
      Object.fromEntries(
        counts
          .filter((count) => count.personId === personId)
          .map(({ measures, records, source }) => [source, { records, measures }]),
      ),
  )

await onEveryStore((store) => {
  /** A simulated cloud, and the configuration of a household with a store of its own. */
  const withSimulator = <A, E, R>(
    options: Parameters<typeof startSimulator>[0],
    use: (simulator: Simulator, config: BridgeConfig) => Effect.Effect<A, E, R>,
  ) =>
    Effect.acquireUseRelease(
      Effect.promise(() => startSimulator({ requestsPerMinute: 100_000, ...options })),
      (simulator) =>
        Effect.flatMap(store.newStore, (where) => use(simulator, configFor(simulator.url, where))),
      (simulator) => Effect.promise(() => simulator.close()),
    )

  describe("a household from sign-in to the home", () => {
    it.live("the first history is complete, survives a restart, and a weigh-in follows", () =>
      withSimulator({ years: 1 }, (simulator, config) =>
        Effect.gen(function* () {
          const name = simulator.persons[0]?.name ?? ""
          const personId = yield* Effect.gen(function* () {
            const person = yield* signIn(name)
            yield* historyComplete(person.id)
            const counts = simulator.counts(name)
            const kept = yield* countsOf(person.id)
            assert.deepStrictEqual(kept["getmeas"], { records: counts.groups, measures: counts.measures })
            assert.strictEqual(kept["night"]?.records, counts.nights)
            assert.strictEqual(kept["day"]?.records, counts.days)
            return person.id
          }).pipe(Effect.provide(unhurriedBridge(config)))

          yield* Effect.gen(function* () {
            const feed = yield* HouseholdFeed
            const changes = yield* Queue.unbounded<HouseholdChange>()
            const follower = yield* Effect.fork(feed.follow("home", (change) => Queue.offer(changes, change)))
            const first = yield* Queue.take(changes)
            assert.deepStrictEqual(first.measured, [])
            yield* Effect.promise(() => simulator.weigh(name, 72.4))
            yield* Effect.flatMap(SyncStatus, (status) => status.request(personId, "getmeas"))
            const event = yield* eventually(
              Effect.filterOrFail(
                Queue.take(changes),
                (change) => change.measured.length > 0,
                () => "nothing measured",
              ),
            )
            assert.strictEqual(event.measured[0]?.personId, personId)
            const scale = event.household.descriptors.find(({ id }) => id === event.measured[0]?.descriptorId)
            assert.strictEqual(scale?.features.find(({ key }) => key === "weight")?.reading?.value, 72.4)
            yield* Fiber.interrupt(follower)
          }).pipe(Effect.provide(unhurriedBridge(config)))
        }),
      ),
    )

    it.live("webhooks bring a weigh-in, and presence in beds, to another process", () =>
      withSimulator({ years: 0 }, (simulator, config) =>
        Effect.gen(function* () {
          const name = simulator.persons[0]?.name ?? ""
          const port = yield* Effect.promise(freePort)
          const webhook = { publicUrl: `http://127.0.0.1:${port}`, host: "127.0.0.1", port }
          const hearing = { ...config, webhook }
          yield* Effect.gen(function* () {
            const person = yield* signIn(name)
            yield* historyComplete(person.id)
            yield* eventually(
              Effect.filterOrFail(
                Effect.sync(() => simulator.requests.filter(({ action }) => action === "subscribe")),
                (subscriptions) => subscriptions.length >= 10,
                () => "not subscribed yet",
              ),
            )
            // As an app of its own, which only follows.
            yield* Effect.gen(function* () {
              const feed = yield* HouseholdFeed
              const changes = yield* Queue.unbounded<HouseholdChange>()
              yield* Effect.forkScoped(feed.follow("home", (change) => Queue.offer(changes, change)))
              const seen = (key: string, value: number) =>
                eventually(
                  Effect.filterOrFail(
                    Queue.take(changes),
                    ({ household }) =>
                      household.descriptors.some(
                        ({ personId, features }) =>
                          personId === person.id &&
                          features.some((feature) => feature.key === key && feature.reading?.value === value),
                      ),
                    () => `no ${key} of ${value} yet`,
                  ),
                )
              yield* Effect.promise(() => simulator.goToBed(name))
              yield* seen("in-bed", 1)
              yield* Effect.promise(() => simulator.getUp(name))
              yield* seen("in-bed", 0)
              yield* Effect.promise(() => simulator.weigh(name, 81.3))
              yield* seen("weight", 81.3)
            }).pipe(Effect.scoped, Effect.provide(Layer.fresh(Bridge.layerFollower(hearing))))
          }).pipe(Effect.provide(Bridge.layer(hearing)))
        }),
      ),
    )

    it.live.skipIf(!existsSync(recorded))(
      `every recorded measure arrives, with its exact value (skipped without ${recorded})`,
      () =>
        withSimulator({ recorded }, (simulator, config) =>
          Effect.gen(function* () {
            const person = yield* signIn("Recorded")
            yield* historyComplete(person.id)
            const kept = yield* countsOf(person.id)
            assert.deepStrictEqual(kept["getmeas"], { records: 2062, measures: 6558 })
            const values = new Map(
              Chunk.toReadonlyArray(
                yield* Stream.runCollect(
                  Stream.unwrap(Effect.map(History, (history) => history.all(person.id))),
                ),
              )
                .filter(({ source }) => source === "getmeas")
                .map((measure) => [`${measure.group}/${measure.kind}/${measure.position}`, measure.value]),
            )
            const sent = JSON.parse(readFileSync(join(recorded, "measurement_list.json"), "utf8")) as Recorded
            const expected = sent.flatMap((group) =>
              group.measures.map((measure) => [
                `${group.grpid}/${kindOfMeastype(measure.type)}/${measure.position ?? null}`,
                Number(`${measure.value}e${measure.unit}`),
              ]),
            )
            assert.deepStrictEqual(values, new Map(expected as Array<[string, number]>))
          }).pipe(Effect.provide(unhurriedBridge(config))),
        ),
    )

    it.live("edits and deletions at Withings arrive", () =>
      withSimulator({ years: 0 }, (simulator, config) =>
        Effect.gen(function* () {
          const name = simulator.persons[0]?.name ?? ""
          const person = yield* signIn(name)
          yield* historyComplete(person.id)
          const status = yield* SyncStatus
          const history = yield* History
          const weights = history.newest({
            personId: person.id,
            feature: "weight",
            from: 0,
            to: 1e11,
            take: 1,
          })
          const showsWeight = (value: number | undefined) =>
            eventually(
              Effect.filterOrFail(
                weights,
                ([newest]) => newest?.value === value,
                () => "not yet",
              ),
            )
          const before = (yield* weights)[0]?.value
          const group = yield* Effect.promise(() => simulator.weigh(name, 72.4))
          yield* status.request(person.id, "getmeas")
          yield* showsWeight(72.4)
          yield* Effect.promise(() => simulator.editWeight(name, group.grpid, 71.9))
          yield* status.request(person.id, "getmeas")
          yield* showsWeight(71.9)
          yield* Effect.promise(() => simulator.deleteMeasure(name, group.grpid))
          yield* status.reread(person.id, "getmeas", { from: group.date - 60, to: group.date + 60 })
          yield* showsWeight(before)
        }).pipe(Effect.provide(unhurriedBridge(config))),
      ),
    )
  })
})

type Recorded = ReadonlyArray<{
  readonly grpid: number
  readonly measures: ReadonlyArray<{
    readonly type: number
    readonly value: number
    readonly unit: number
    readonly position?: number
  }>
}>
