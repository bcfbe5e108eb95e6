import { assert, describe, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Fiber } from "effect"
import { until } from "./asking.ts"
import { temporaryHome } from "./GladysApp.ts"
import { configFor, integrationOf, signIn } from "./householdFor.ts"
import { gladys } from "./integrationFor.ts"

describe("scene triggers of a Gladys 5.1", () => {
  it.scopedLive(
    "come once for each moment, over restarts of the integration and of Gladys",
    () =>
      Effect.gen(function* () {
        const cloud = yield* Effect.acquireRelease(
          Effect.promise(() => startSimulator({ years: 0, requestsPerMinute: 100_000 })),
          (running) => Effect.promise(() => running.close()),
        )
        const host = yield* gladys
        host.newer = true
        const config = configFor(yield* temporaryHome, cloud.url)
        const start = Effect.forkScoped(integrationOf(host, config))
        const [person] = cloud.persons
        const name = person?.name ?? ""
        const weighed = () =>
          host.events.flatMap(({ key, data }) => (key === "weighed" ? [data["value"]] : []))
        const isTold = (kilograms: number) => until(() => weighed().includes(kilograms))
        const weigh = (kilograms: number) =>
          Effect.zipRight(
            Effect.promise(() => cloud.weigh(name, kilograms)),
            Effect.retry(host.action("sync_now"), { times: 20 }),
          )

        const first = yield* start
        yield* until(() => host.status !== null)
        yield* host.configure({
          client_id: cloud.clientId,
          client_secret: cloud.clientSecret,
          persons: name,
        })
        yield* until(() => host.status?.message.en.includes("Press Connect") ?? false)
        yield* signIn(host, name)
        yield* until(() => host.status?.message.en === `Connected to Withings: ${name}.`)
        // Stopped as soon as Gladys has the event, and before it answers.
        host.lateEventMillis = 1000
        yield* weigh(71.1)
        yield* isTold(71.1)
        const restarted = host.connections
        yield* Fiber.interrupt(first)
        host.lateEventMillis = 0
        yield* start
        yield* until(() => host.connections > restarted)
        yield* weigh(71.2)
        yield* isTold(71.2)

        const cutOff = host.connections
        yield* host.stop
        yield* host.start
        yield* until(() => host.connections > cutOff)
        yield* weigh(71.3)
        yield* isTold(71.3)

        assert.deepStrictEqual(weighed(), [71.1, 71.2, 71.3])
        assert.deepStrictEqual(new Set(host.events.map(({ data }) => data["person"])), new Set([name]))
      }),
    300_000,
  )
})
