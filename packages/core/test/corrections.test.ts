import { assert, it } from "@effect/vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Duration, Effect, Schedule } from "effect"
import { History, SyncStatus, type BridgeConfig } from "../src/index.ts"
import { signIn } from "./authorize.ts"
import { onEveryStore } from "./postgres.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const eventually = <A, E, R>(look: Effect.Effect<A, E, R>) =>
  look.pipe(Effect.retry(Schedule.spaced(Duration.millis(50))), Effect.timeout(Duration.seconds(60)))

/** Someone of the simulated household, signed in, with the first history read. */
const memberOf = (simulator: Simulator, nth: number) =>
  Effect.gen(function* () {
    const name = simulator.persons[nth]?.name ?? ""
    const { id } = yield* signIn(name)
    const status = yield* SyncStatus
    const history = yield* History
    yield* eventually(
      Effect.filterOrFail(
        status.progress,
        (all) => all.filter((one) => one.personId === id && one.finishedAt !== null).length === 4,
        () => "not complete yet",
      ),
    )
    const weights = Effect.map(
      history.range({ personId: id, feature: "weight", from: 0, to: 1e11 }),
      (points) => points.map(({ at, value }) => `${at} ${value}`),
    )
    return {
      name,
      weights,
      sync: status.request(id, "getmeas"),
      /** As the webhook of a change asks for it. */
      reread: (at: number) => status.reread(id, "getmeas", { from: at, to: at }),
      has: (expected: ReadonlyArray<string>) =>
        eventually(
          Effect.filterOrFail(
            weights,
            (points) => points.join() === expected.join(),
            (points) => `${points.slice(-3).join()} rather than ${expected.slice(-3).join()}`,
          ),
        ),
    }
  })

const weighIn = (simulator: Simulator, name: string, kilograms: number) =>
  Effect.promise(() => simulator.weigh(name, kilograms))

await onEveryStore((store) => {
  const withHousehold = <A, E, R>(use: (simulator: Simulator) => Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Effect.promise(() => startSimulator({ years: 0.2, requestsPerMinute: 100_000 })),
      (simulator) =>
        Effect.flatMap(store.newStore, (where) => {
          const config: BridgeConfig = configFor(simulator.url, { ...where, intradayDays: 0 })
          return Effect.provide(use(simulator), unhurriedBridge(config))
        }),
      (simulator) => Effect.promise(() => simulator.close()),
    )

  it.live("a weighing that is edited has its new value, and is one weighing", () =>
    withHousehold((simulator) =>
      Effect.gen(function* () {
        const ann = yield* memberOf(simulator, 0)
        const before = yield* ann.weights
        const { date, grpid } = yield* weighIn(simulator, ann.name, 72.4)
        yield* ann.sync
        yield* ann.has([...before, `${date} 72.4`])
        yield* Effect.promise(() => simulator.editWeight(ann.name, grpid, 71.9))
        yield* ann.sync
        yield* ann.has([...before, `${date} 71.9`])
      }),
    ),
  )

  it.live("a weighing that is deleted is gone", () =>
    withHousehold((simulator) =>
      Effect.gen(function* () {
        const ann = yield* memberOf(simulator, 0)
        const before = yield* ann.weights
        const { date, grpid } = yield* weighIn(simulator, ann.name, 72.4)
        yield* ann.sync
        yield* ann.has([...before, `${date} 72.4`])
        yield* Effect.promise(() => simulator.deleteMeasure(ann.name, grpid))
        yield* ann.reread(date)
        yield* ann.has(before)
      }),
    ),
  )

  it.live("a weighing that was reassigned at Withings moves to the other person", () =>
    withHousehold((simulator) =>
      Effect.gen(function* () {
        const ann = yield* memberOf(simulator, 0)
        const bob = yield* memberOf(simulator, 1)
        const [annBefore, bobBefore] = [yield* ann.weights, yield* bob.weights]
        const { date, grpid } = yield* weighIn(simulator, ann.name, 81.3)
        yield* ann.sync
        yield* ann.has([...annBefore, `${date} 81.3`])
        // In Withings' app: it leaves the one account and appears in the other.
        yield* Effect.promise(() => simulator.deleteMeasure(ann.name, grpid))
        const moved = yield* weighIn(simulator, bob.name, 81.3)
        yield* ann.reread(date)
        yield* bob.sync
        yield* ann.has(annBefore)
        yield* bob.has([...bobBefore, `${moved.date} 81.3`])
      }),
    ),
  )

  it.live("a weighing that a scale without network kept for weeks takes its place in the past", () =>
    withHousehold((simulator) =>
      Effect.gen(function* () {
        const ann = yield* memberOf(simulator, 0)
        const before = yield* ann.weights
        const latest = yield* weighIn(simulator, ann.name, 72.4)
        yield* ann.sync
        yield* ann.has([...before, `${latest.date} 72.4`])
        const weeks = 5 * 7 * 86_400
        yield* Effect.promise(() => simulator.faults.clockSkew(-weeks))
        const late = yield* weighIn(simulator, ann.name, 74.1)
        yield* Effect.promise(() => simulator.faults.clockSkew(weeks))
        assert.isBelow(late.date, latest.date - weeks + 600)
        assert.isAbove(late.modified, latest.modified)
        yield* ann.sync
        yield* ann.has(
          [...before, `${late.date} 74.1`, `${latest.date} 72.4`].toSorted(
            (one, other) => Number.parseInt(one) - Number.parseInt(other),
          ),
        )
      }),
    ),
  )
})
