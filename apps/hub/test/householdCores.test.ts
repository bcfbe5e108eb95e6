import { assert, it } from "@effect/vitest"
import { layerSharedCore } from "@withings-bridge/core/hub"
import { Effect, Layer, Redacted, Schedule, Supervisor } from "effect"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { HouseholdCores } from "../src/HouseholdCores.ts"
import { Hub, type HubConfig } from "../src/HubConfig.ts"
import { createHousehold } from "../src/store/householdRows.ts"
import { migrateHub } from "../src/store/hubTables.ts"
import { homeConfig } from "./hubParts.ts"

const application = { clientId: "demo-client", clientSecret: Redacted.make("demo-secret") }

await withPostgres((postgres) => {
  it.live("nothing of a household's core goes on once it is dropped", () =>
    Effect.gen(function* () {
      const store = yield* postgres.newDatabase
      const local = homeConfig({ url: "http://localhost", key: Redacted.make("") })
      const config: HubConfig = {
        home: local.home,
        store,
        publicUrl: "http://localhost",
        http: { host: "127.0.0.1", port: 1 },
        runner: { host: "127.0.0.1", port: 2 },
        adminKey: Redacted.make(""),
        applications: [application],
        accountUrl: "http://localhost",
        apiUrl: "http://localhost",
        endsWithin: 20,
      }
      const layer = HouseholdCores.layer.pipe(
        Layer.provideMerge(Layer.merge(Hub.layer(config), Layer.effectDiscard(migrateHub))),
        Layer.provideMerge(layerSharedCore({ ...local, ...application, store })),
      )
      const supervisor = yield* Supervisor.track
      const running = Effect.map(supervisor.value, (fibers) => fibers.length)
      yield* Effect.gen(function* () {
        const { id } = yield* createHousehold("The Oaks")
        const cores = yield* HouseholdCores
        const before = yield* running
        yield* cores.of(id)(Effect.void)
        assert.isAbove(yield* running, before)
        yield* cores.drop(id)
        yield* Effect.repeat(running, {
          until: (now) => now <= before,
          schedule: Schedule.spaced("50 millis"),
          times: 600,
        })
        assert.isAtMost(yield* running, before)
      }).pipe(Effect.provide(layer), Effect.supervised(supervisor))
    }),
  )
})
