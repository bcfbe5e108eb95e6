import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BridgeConfig } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Redacted } from "effect"
import type { StoreUnderTest } from "../../core/test/postgres.ts"

/** A home folder with a config.yaml for one person of a simulated Withings, on the store under test. */
export const homeOnStore = async ({ newStore }: StoreUnderTest) => {
  const { store } = await Effect.runPromise(newStore)
  const home = mkdtempSync(join(tmpdir(), "withings-command-"))
  const simulator = await startSimulator({ years: 0, persons: 1 })
  const withings = {
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    account_url: simulator.url,
    api_url: simulator.url,
    ...(store === undefined ? {} : { store: Redacted.value(store) }),
  }
  writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  const config = await Effect.runPromise(BridgeConfig.loadWith({ home, env: {} }))
  return { home, simulator, config, name: simulator.persons[0]?.name ?? "" }
}
