import { assert, describe, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Duration, Effect, Fiber, Layer, Queue, Schedule } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Bridge, History, HouseholdFeed, SyncStatus, type HouseholdChange } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { recorded } from "./recorded.ts"
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

/** Waits for a condition, looking again and again; fails after a time that no slow machine needs. */
const eventually = <A, E, R>(look: Effect.Effect<A, E, R>) =>
  look.pipe(Effect.retry(Schedule.spaced(Duration.millis(50))), Effect.timeout(Duration.seconds(60)))

const historyComplete = (personId: string) =>
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

const countsOf = (personId: string) =>
  Effect.map(
    Effect.flatMap(History, (history) => history.counts),
    (counts) =>
      Object.fromEntries(
        counts
          .filter((count) => count.personId === personId)
          .map(({ measures, records, source }) => [source, { records, measures }]),
      ),
  )

describe("a household from sign-in to the home", () => {
  it.live("the first history is complete, survives a restart, and a weigh-in follows", () =>
    withSimulator({ years: 1 }, (simulator) =>
      Effect.gen(function* () {
        const config = configFor(simulator.url, { pollEvery: 1 })
        const name = simulator.persons[0]?.name ?? ""
        const personId = yield* Effect.gen(function* () {
          const person = yield* signIn(name)
          yield* historyComplete(person.id)
          console.log(yield* countsOf(person.id), simulator.counts(name))
          return person.id
        }).pipe(Effect.provide(Bridge.layer(config)))

        yield* Effect.gen(function* () {
          const feed = yield* HouseholdFeed
          const changes = yield* Queue.unbounded<HouseholdChange>()
          const follower = yield* Effect.fork(feed.follow("home", (change) => Queue.offer(changes, change)))
          const first = yield* Queue.take(changes)
          assert.deepStrictEqual(first.measured, [])
          yield* Effect.promise(async () => simulator.weigh(name, 72.4))
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
        }).pipe(Effect.provide(Bridge.layer(config)))
      }),
    ),
  )
})
