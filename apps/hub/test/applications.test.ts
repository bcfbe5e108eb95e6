import { assert, it } from "@effect/vitest"
import { layerSharedCore } from "@withings-bridge/core/hub"
import { Effect, Layer, Redacted } from "effect"
import { homeConfig } from "./hubParts.ts"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { Hub, type HubConfig } from "../src/HubConfig.ts"
import { createHousehold } from "../src/store/householdRows.ts"
import { migrateHub } from "../src/store/hubTables.ts"

const applications = ["first", "second", "third", "fourth"].map((clientId) => ({
  clientId,
  clientSecret: Redacted.make("secret"),
}))

await withPostgres((postgres) => {
  it.live("households that are created at once, before anyone signs in, spread over the applications", () =>
    Effect.gen(function* () {
      const store = yield* postgres.newDatabase
      const { home } = homeConfig({ url: "http://localhost", key: Redacted.make("") })
      const config: HubConfig = {
        home,
        store,
        publicUrl: "http://localhost",
        http: { host: "127.0.0.1", port: 1 },
        runner: { host: "127.0.0.1", port: 2 },
        adminKey: Redacted.make(""),
        applications,
        accountUrl: "http://localhost",
        apiUrl: "http://localhost",
        endsWithin: 20,
      }
      const created = Effect.forEach(
        Array.from({ length: 8 }, (_, index) => `home ${index}`),
        createHousehold,
        { concurrency: "unbounded" },
      )
      const layer = Layer.merge(Hub.layer(config), Layer.effectDiscard(migrateHub)).pipe(
        Layer.provideMerge(
          layerSharedCore({ ...homeConfig({ url: "", key: Redacted.make("") }, home), store }),
        ),
      )
      const of = (yield* Effect.provide(created, layer)).map(({ application }) => application)
      for (const { clientId } of applications)
        assert.lengthOf(
          of.filter((one) => one === clientId),
          2,
        )
    }),
  )
})
