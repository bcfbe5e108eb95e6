import { assert, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Duration, Effect, Layer, Schedule } from "effect"
import { SyncStatus } from "../src/index.ts"
import { DueWork } from "../src/store/DueWork.ts"
import { signIn } from "./authorize.ts"
import { onEveryStore } from "./postgres.ts"
import { unhurriedBridge } from "./unhurried.ts"
import { configFor } from "./withingsLayer.ts"

const until = <A, E, R>(what: string, look: Effect.Effect<A, E, R>, holds: (found: A) => boolean) =>
  Effect.filterOrFail(look, holds, () => what).pipe(
    Effect.retry(Schedule.spaced(Duration.millis(50))),
    Effect.timeoutFail({ duration: "60 seconds", onTimeout: () => `never seen: ${what}` }),
  )

const dueAt = Effect.map(
  Effect.flatMap(DueWork, ({ all }) => all),
  ([first]) => first?.at ?? 0,
)
const isLater = (at: number) => at > Date.now() / 1000 + 30

await onEveryStore((store) => {
  it.live(
    `a restart asks Withings for news only, not for all that was just read, and a question wakes it (${store.kind})`,
    () =>
      Effect.gen(function* () {
        const cloud = yield* Effect.acquireRelease(
          Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 1_000_000 })),
          (simulator) => Effect.promise(() => simulator.close()),
        )
        const name = cloud.persons[0]?.name ?? ""
        const process = Layer.fresh(unhurriedBridge(configFor(cloud.url, yield* store.newStore)))
        const { id } = yield* signIn(name).pipe(
          Effect.tap(until("all is done", dueAt, isLater)),
          Effect.provide(process),
        )
        const before = cloud.requests.length
        yield* Effect.gen(function* () {
          const { leaders, request } = yield* SyncStatus
          yield* until("a leader", leaders, ({ sync }) => sync.length === 1)
          const actions = () => cloud.requests.slice(before).map(({ action }) => action)
          yield* until("news was asked for", Effect.sync(actions), (asked) => asked.includes("getmeas"))
          yield* until("nothing is due", dueAt, isLater)
          assert.sameMembers(actions(), ["getdevice", "getmeas"])
          yield* request(id, "night")
          yield* until("an answer", Effect.sync(actions), (asked) => asked.length > 2)
          yield* until("nothing is due", dueAt, isLater)
          assert.deepStrictEqual(actions().slice(2), ["getsummary"])
        }).pipe(Effect.provide(process))
      }).pipe(Effect.scoped),
  )
})
