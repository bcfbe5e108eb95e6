import { assert, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Duration, Effect, Random, Schedule } from "effect"
import { Bridge, History, SyncStatus, Troubles } from "../src/index.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { signIn } from "./authorize.ts"
import { crashingHomes, type CrashingHome } from "./CrashingHome.ts"
import { configFor } from "./withingsLayer.ts"

/** `CRASHES=200` for the long drill, `CRASH_SEED` to repeat one. */
const crashes = Number(process.env["CRASHES"] ?? 5)
const seed = Number(process.env["CRASH_SEED"] ?? Math.floor(Math.random() * 1e9))

/** Waits for a condition, generously. */
const settle = <A, E, R>(look: Effect.Effect<A, E, R>) =>
  look.pipe(Effect.retry(Schedule.spaced("200 millis")), Effect.timeout("3 minutes"))

const until = <A, E, R>(
  look: Effect.Effect<A, E, R>,
  holds: (seen: A) => boolean,
  else_: (seen: A) => string,
) => settle(Effect.filterOrFail(look, holds, else_))

const historyComplete = Effect.flatMap(SyncStatus, ({ progress }) =>
  Effect.map(progress, (all) => all.length === 4 && all.every(({ finishedAt }) => finishedAt !== null)),
)

/** Someone steps on the scale. Returns the name of the record. */
const weigh = (simulator: Simulator, personId: PersonId, kilograms: number) =>
  Effect.gen(function* () {
    const name = simulator.persons[0]?.name ?? ""
    const { grpid } = yield* Effect.promise(() => simulator.weigh(name, kilograms))
    // A process that was frozen while it wrote keeps the others from writing for that time.
    yield* settle((yield* SyncStatus).request(personId, "getmeas"))
    return `getmeas:${grpid}`
  })

/** Kills or freezes a process at some moment, often during a token refresh. */
const round = (homes: ReadonlyArray<CrashingHome>, simulator: Simulator) =>
  Effect.gen(function* () {
    const home = homes[yield* Random.nextIntBetween(0, homes.length)] ?? assert.fail("nobody")
    yield* Effect.promise(() => home.up)
    if (yield* Random.nextBoolean) yield* Effect.promise(() => simulator.faults.failNext("getmeas", 401, 1))
    yield* Effect.sleep(Duration.millis(yield* Random.nextIntBetween(0, 2500)))
    if ((yield* Random.nextIntBetween(0, 3)) === 0) home.freeze()
    else home.crash()
  })

const nothingIsLost = (simulator: Simulator) =>
  Effect.gen(function* () {
    const counts = simulator.counts(simulator.persons[0]?.name ?? "")
    yield* until(
      (yield* History).counts,
      (all) => {
        const of = (source: string) => all.find((count) => count.source === source)
        return (
          of("getmeas")?.records === counts.groups &&
          of("getmeas")?.measures === counts.measures &&
          of("night")?.records === counts.nights &&
          of("day")?.records === counts.days
        )
      },
      (all) => `the store has ${JSON.stringify(all)}, Withings has ${JSON.stringify(counts)}`,
    )
  })

/** From the first record that reached a home, all followed in order. */
const allWereTold = (home: CrashingHome, expected: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    yield* until(
      Effect.sync(() => home.told),
      (groups) => groups.at(-1) === expected.at(-1),
      (groups) => `${home.name} was told ${groups.join()} of ${expected.join()}`,
    )
    // Only a kill between handling a record and noting that may repeat it.
    const groups = [...new Set(home.told)]
    assert.deepStrictEqual(groups, expected.slice(expected.indexOf(groups[0] ?? "")))
  })

it.live(
  `three processes, killed or frozen ${crashes} times: no sign-in lost or said to be, no row lost or doubled (CRASH_SEED=${seed})`,
  () =>
    Effect.gen(function* () {
      const simulator = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 100_000 })),
        (simulator) => Effect.promise(() => simulator.close()),
      )
      const config = configFor(simulator.url)
      yield* Effect.gen(function* () {
        const person = yield* signIn(simulator.persons[0]?.name ?? "")
        const homes = yield* crashingHomes(config.home, simulator.url, ["one", "two", "three"])
        const { current } = yield* Troubles
        const lost: Array<string> = []
        yield* Effect.forkScoped(
          Effect.forever(
            Effect.delay(
              Effect.map(current, (all) => {
                lost.push(...all.filter(({ code }) => code === "sign-in-needed").map(({ found }) => found))
              }),
              "100 millis",
            ),
          ),
        )
        const expected: Array<string> = []
        for (let nth = 0; nth < crashes; nth++) {
          if (yield* historyComplete) expected.push(yield* weigh(simulator, person.id, 70 + nth / 10))
          yield* round(homes, simulator)
        }
        for (const home of homes) yield* Effect.promise(() => home.up)
        yield* Effect.promise(() => simulator.faults.clear())
        yield* until(
          historyComplete,
          (done) => done,
          () => "the history does not end",
        )
        // The first of these shows that a home follows.
        for (let nth = 0; nth < 3; nth++) expected.push(yield* weigh(simulator, person.id, 40 + nth))
        for (const home of homes)
          yield* until(
            Effect.sync(() => home.told.length),
            (n) => n > 0,
            () => "not begun",
          )
        yield* nothingIsLost(simulator)
        for (const home of homes) yield* allWereTold(home, expected)
        assert.deepStrictEqual(lost, [])
        for (const { said } of homes) assert.notMatch(said, /needs to sign in|signed in again/iu)
        const renewed = simulator.requests.filter(({ action }) => action === "requesttoken").length
        yield* Effect.logInfo(`CRASH_SEED=${seed}: ${crashes} rounds, ${renewed} times new tokens.`)
      }).pipe(Effect.withRandom(Random.make(seed)), Effect.provide(Bridge.layerFollower(config)))
    }).pipe(Effect.scoped),
  { timeout: 600_000 + crashes * 20_000 },
)
