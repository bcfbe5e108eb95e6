import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Schedule } from "effect"
import { spawn, type ChildProcess } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Bridge, History, SyncStatus } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { configFor } from "./withingsLayer.ts"

/** `CRASHES=200` for the long drill. */
const crashes = Number(process.env["CRASHES"] ?? 6)
const processes = ["one", "two", "three"] as const

const start = (home: string, url: string, name: string) =>
  spawn(
    process.execPath,
    [
      "--conditions",
      "@withings-bridge/source",
      "--import",
      "tsx",
      fileURLToPath(new URL("./crashingProcess.ts", import.meta.url)),
      home,
      url,
      name,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  )

const told = (home: string, name: string): ReadonlyArray<string> => {
  const file = `${home}/told-${name}`
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : []
}

it.live(
  `three processes, killed ${crashes} times while they read the first history and what comes: nothing lost, nothing doubled`,
  () =>
    Effect.gen(function* () {
      const simulator = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 1, requestsPerMinute: 100_000 })),
        (simulator) => Effect.promise(() => simulator.close()),
      )
      const name = simulator.persons[0]?.name ?? ""
      const config = configFor(simulator.url)
      const children = new Map<string, ChildProcess>()
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          for (const child of children.values()) child.kill("SIGKILL")
        }),
      )

      yield* Effect.gen(function* () {
        const person = yield* signIn(name)
        const status = yield* SyncStatus
        const history = yield* History
        for (const one of processes) children.set(one, start(config.home, simulator.url, one))
        const expected: Array<string> = []
        const historyComplete = Effect.map(
          status.progress,
          (all) => all.length === 4 && all.every(({ finishedAt }) => finishedAt !== null),
        )
        // A home that is new is told nothing of the past, so what each is told counts from when it has begun.
        const begun = (one: string) =>
          Effect.filterOrFail(
            Effect.sync(() => told(config.home, one)),
            (groups) => groups.length > 0,
            () => "not begun",
          )

        for (let crash = 0; crash < crashes; crash++) {
          const one = processes[Math.floor(Math.random() * processes.length)] ?? "one"
          yield* Effect.sleep(Duration.millis(500 + Math.random() * 2500))
          children.get(one)?.kill("SIGKILL")
          children.set(one, start(config.home, simulator.url, one))
          if (yield* historyComplete) {
            const group = yield* Effect.promise(() => simulator.weigh(name, 70 + crash / 10))
            expected.push(`getmeas:${group.grpid}`)
            yield* status.request(person.id, "getmeas")
          }
        }

        const settle = <A, E, R>(look: Effect.Effect<A, E, R>) =>
          look.pipe(Effect.retry(Schedule.spaced("200 millis")), Effect.timeout("90 seconds"))
        yield* settle(
          Effect.filterOrFail(
            historyComplete,
            (done) => done,
            () => "history",
          ),
        )
        // Every home has begun to follow once it was told of this one.
        for (let nth = 0; nth < 3; nth++) {
          const group = yield* Effect.promise(() => simulator.weigh(name, 80 + nth / 10))
          expected.push(`getmeas:${group.grpid}`)
          yield* status.request(person.id, "getmeas")
        }
        for (const one of processes) yield* settle(begun(one))

        const counts = simulator.counts(name)
        yield* settle(
          Effect.filterOrFail(
            history.counts,
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
          ),
        )
        for (const one of processes) {
          yield* settle(
            Effect.filterOrFail(
              Effect.sync(() => told(config.home, one)),
              (groups) => groups.at(-1) === expected.at(-1),
              (groups) => `${one} was told ${groups.join()} of ${expected.join()}`,
            ),
          )
          // From the first that a home was told on, all of them, in order. Only a kill between telling and noting
          // that it was told may tell one again.
          const groups = [...new Set(told(config.home, one))]
          assert.deepStrictEqual(groups, expected.slice(expected.indexOf(groups[0] ?? "")))
        }
      }).pipe(Effect.provide(Bridge.layerFollower(config)))
    }).pipe(Effect.scoped),
  { timeout: 240_000 + crashes * 5_000 },
)
