import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Layer, Schedule } from "effect"
import { SyncStatus } from "../src/sync/SyncStatus.ts"
import { signIn } from "./authorize.ts"
import { settableClock } from "./settableClock.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const hour = 3_600_000
const jumps = [hour, 24 * hour, 3650 * 24 * hour].flatMap((jump) => [jump, -jump])
const pollEvery = 1

it.live(
  "a clock that is set by an hour, a day or ten years while it runs does not end the polling",
  () =>
    Effect.gen(function* () {
      const cloud = yield* Effect.acquireRelease(
        Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 1_000_000 })),
        (simulator) => Effect.promise(() => simulator.close()),
      )
      const { clock, set } = settableClock()
      const polls = () => cloud.requests.filter(({ action }) => action === "getmeas").length
      const eventually = (what: string, look: Effect.Effect<boolean, unknown>) =>
        Effect.filterOrFail(
          look,
          (holds) => holds,
          () => what,
        ).pipe(
          Effect.retry(Schedule.spaced(Duration.millis(50))),
          // Fifteen intervals: many for a busy machine, few next to the shortest jump.
          Effect.timeoutFail({ duration: "30 seconds", onTimeout: () => `never seen: ${what}` }),
        )
      const live = Effect.gen(function* () {
        const { progress } = yield* SyncStatus
        yield* signIn(cloud.persons[0]?.name ?? "")
        yield* eventually(
          "the first history",
          Effect.map(progress, (all) => all.length === 4 && all.every((one) => one.finishedAt !== null)),
        )
        for (const jump of jumps) {
          set(jump)
          const before = polls()
          // The second one shows that it goes on, not only that everything is due once.
          yield* eventually(
            `two polls after ${jump / hour} hours`,
            Effect.sync(() => polls() >= before + 2),
          )
          set(0)
          const back = polls()
          yield* eventually(
            `two polls after the way back from ${jump / hour} hours`,
            Effect.sync(() => polls() >= back + 2),
          )
        }
      })
      yield* live.pipe(
        Effect.provide(Layer.fresh(unhurriedBridge(configFor(cloud.url, { pollEvery })))),
        Effect.provide(Layer.setClock(clock)),
      )
      assert.isAbove(polls(), 4 * jumps.length)
    }).pipe(Effect.scoped),
  { timeout: 600_000 },
)
