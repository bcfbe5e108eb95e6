import { assert, it } from "@effect/vitest"
import { startSimulator, type Failure, type Simulator } from "@withings-bridge/simulator"
import { Effect, FastCheck, Layer } from "effect"
import { afterAll } from "vitest"
import { Millis } from "../src/epochSeconds.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import * as Database from "../src/store/Database.ts"
import { Lease } from "../src/store/Lease.ts"
import { SyncCursor } from "../src/store/SyncCursor.ts"
import { feeds, type Feed } from "../src/withings/client/Feed.ts"
import { signIn } from "./authorize.ts"
import { held } from "./rawRecords.ts"
import { hurried, inStore, lines, makeSync, without } from "./stepByStep.ts"
import { unhurriedServices, unlimited } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

/** `FAULT_RUNS=2000` for the long run. */
const runs = Number(process.env["FAULT_RUNS"] ?? 10)

/** A little more than one page of every list, since faults between pages matter most. */
const years = 0.95
const simulator: Simulator = await startSimulator({ years, requestsPerMinute: 1_000_000 })
afterAll(() => simulator.close())

const actions = ["getmeas", "getsummary", "getactivity", "getworkouts", "getdevice", "getgoals", "heart list"]
const failures: ReadonlyArray<Failure> = [
  ...[100, 401, 503, 522, 524, 601, 2554, 2555].map((status) => ({ kind: "status" as const, status })),
  { kind: "http 500" },
  { kind: "timeout" },
  { kind: "cut connection" },
  { kind: "bad JSON" },
  { kind: "HTML page" },
]

/** What happens next, in the cloud or to the sync. */
type Happening =
  | { readonly _tag: "fails"; readonly action: string; readonly failure: Failure; readonly times: number }
  | { readonly _tag: "pages"; readonly fault: "dropPage" | "duplicatePage"; readonly times: number }
  | { readonly _tag: "weighs" | "measures" | "moves"; readonly value: number }
  | { readonly _tag: "edits" | "deletes"; readonly nth: number }
  /** The plan's next steps; `instead` comes before them. */
  | { readonly _tag: "syncs"; readonly steps: number; readonly instead: Instead | null }
  /** Another process takes over with nothing but the store. */
  | { readonly _tag: "restarts" }

interface Instead {
  readonly feed: Feed
  readonly daysBack: number
  readonly days: number
}

const times = FastCheck.integer({ min: 1, max: 6 })
const happening: FastCheck.Arbitrary<Happening> = FastCheck.oneof(
  FastCheck.record({
    _tag: FastCheck.constant("fails" as const),
    action: FastCheck.constantFrom(...actions),
    failure: FastCheck.constantFrom(...failures),
    times,
  }),
  FastCheck.record({
    _tag: FastCheck.constant("pages" as const),
    fault: FastCheck.constantFrom("dropPage" as const, "duplicatePage" as const),
    times: FastCheck.integer({ min: 1, max: 2 }),
  }),
  FastCheck.record({
    _tag: FastCheck.constantFrom("weighs" as const, "measures" as const, "moves" as const),
    value: FastCheck.integer({ min: 50, max: 120 }),
  }),
  FastCheck.record({
    _tag: FastCheck.constantFrom("edits" as const, "deletes" as const),
    nth: FastCheck.nat(20),
  }),
  FastCheck.record({
    _tag: FastCheck.constant("syncs" as const),
    steps: FastCheck.integer({ min: 1, max: 8 }),
    instead: FastCheck.option(
      FastCheck.record({
        feed: FastCheck.constantFrom(...feeds),
        daysBack: FastCheck.nat(420),
        days: FastCheck.integer({ min: 1, max: 420 }),
      }),
    ),
  }),
  FastCheck.constant({ _tag: "restarts" as const }),
)

/** Six equal answers in a row are believed, so this bounds how many pages in a row go wrong. */
const bounded = (happenings: ReadonlyArray<Happening>) => {
  const planned = new Set<string>()
  return happenings.filter((one) => {
    if (one._tag !== "pages") return true
    const isFirst = !planned.has(one.fault)
    planned.add(one.fault)
    return isFirst
  })
}

const day = 86_400
const now = () => Math.floor(Date.now() / 1000)

const happen = (name: string, personId: PersonId, written: Array<number>) =>
  Effect.gen(function* () {
    const lease = yield* Lease
    const cursors = yield* SyncCursor
    const grant = yield* lease.tryAcquire(`sync:${personId}`)
    if (grant === null) return yield* Effect.dieMessage("The lease of a new store is taken.")
    const sync = yield* makeSync(personId, grant)
    const told = (group: { readonly date: number }) =>
      cursors.request(personId, {
        feed: "getmeas",
        askedAt: Millis(Date.now()),
        window: { from: group.date, to: group.date },
      })
    const act = (doing: () => Promise<{ readonly grpid: number; readonly date: number }>) =>
      Effect.tap(Effect.promise(doing), ({ grpid }) => Effect.sync(() => written.push(grpid)))

    const one = (what: Happening) =>
      Effect.gen(function* () {
        switch (what._tag) {
          case "fails":
            return yield* Effect.promise(() =>
              simulator.faults.failNext(what.action, what.failure, what.times),
            )
          case "pages":
            return yield* Effect.promise(() => simulator.faults[what.fault](what.times))
          case "weighs":
            return yield* act(() => simulator.weigh(name, what.value, { ambiguous: what.value % 5 === 0 }))
          case "measures":
            return yield* act(() => simulator.enterWeight(name, what.value))
          case "moves":
            return yield* Effect.promise(() => simulator.workOut(name, 1, what.value))
          case "edits": {
            const grpid = written[what.nth % Math.max(1, written.length)]
            if (grpid === undefined) return
            return yield* Effect.promise(() => simulator.editWeight(name, grpid, 50 + what.nth))
          }
          case "deletes": {
            const [grpid] = written.splice(what.nth % Math.max(1, written.length), 1)
            if (grpid === undefined) return
            return yield* Effect.flatMap(
              Effect.promise(() => simulator.deleteMeasure(name, grpid)),
              // Every other webhook is lost; then the reread month shows the deletion.
              (group) => (what.nth % 2 === 0 ? told(group) : Effect.void),
            )
          }
          case "syncs": {
            if (what.instead !== null) {
              const { daysBack, days, feed } = what.instead
              const from = now() - daysBack * day
              yield* sync.take({
                _tag: "Reread",
                feed,
                from,
                to: Math.min(now() + day, from + days * day),
                announced: false,
              })
            }
            return yield* Effect.replicateEffect(sync.step, what.steps, { discard: true })
          }
          case "restarts":
            return yield* sync.restart
        }
      })
    return { one, settle: sync.settle }
  })

const household = () =>
  unhurriedServices(
    configFor(simulator.url, { intradayDays: 0 }),
    unlimited,
    Layer.provideMerge(ChangeFeed.layerMemory, Database.layerMemory),
  )

it.live.prop(
  "after any faults, the store ends up with exactly what the cloud holds",
  {
    happenings: FastCheck.array(happening, { minLength: 4, maxLength: 24 }),
    who: FastCheck.nat(simulator.persons.length - 1),
  },
  ({ happenings, who }) =>
    Effect.gen(function* () {
      yield* Effect.promise(() => simulator.faults.clear())
      const name = simulator.persons[who]?.name ?? ""
      const person = yield* signIn(name)
      const { one, settle } = yield* happen(name, person.id, [])
      yield* hurried(Effect.forEach(bounded(happenings), one, { discard: true }))
      yield* Effect.promise(() => simulator.faults.clear())
      yield* settle
      const expected = new Set(lines(yield* held(simulator, person.id)))
      const kept = new Set(yield* inStore(person.id))
      const counts = simulator.counts(name)
      const measures = [...expected].filter((line) => line.startsWith("getmeas "))
      assert.strictEqual(measures.length, counts.measures)
      assert.deepStrictEqual(without(expected, kept), [], "lost")
      assert.deepStrictEqual(without(kept, expected), [], "should be gone")
    }).pipe(Effect.scoped, Effect.provide(household())),
  {
    // Bounds the search for a smaller counterexample, so that one is reported.
    fastCheck: { numRuns: runs, interruptAfterTimeLimit: 60_000 + runs * 10_000 },
    timeout: 120_000 + runs * 10_000,
  },
)
