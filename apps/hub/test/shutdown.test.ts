import { expect, it } from "@effect/vitest"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { startPostgres } from "../../../packages/core/test/embeddedPostgres.ts"
import { withPostgres } from "../../../packages/core/test/postgres.ts"
import { eventually } from "./eventually.ts"
import { hubOfProcesses } from "./hubProcesses.ts"

await withPostgres(() => {
  it("a runner that is told to end when its database is gone ends, and says why", async () => {
    const postgres = await startPostgres()
    const simulator = await startSimulator({ years: 0, requestsPerMinute: 100_000 })
    const store = await Effect.runPromise(postgres.newDatabase)
    const hub = await hubOfProcesses({ store, cloudUrl: simulator.url, endsWithin: 2 })
    const runner = await hub.add()
    await postgres.close()
    // Some seconds after its database was lost it could still end by itself.
    await eventually(
      "it lost its locks",
      () => runner.said.includes("lock storage is unhealthy") || undefined,
    )
    await runner.stop()
    expect(runner.isRunning).toBe(false)
    await eventually("why", () => runner.said.includes("could not stop cleanly") || undefined)
    await hub.close()
    await simulator.close()
  })
})
