import { FileSystem } from "@effect/platform"
import { BridgeConfig } from "@withings-bridge/core"
import { Effect } from "effect"
import { portOf, type DemoPlace } from "./DemoPlace.ts"

/** The simulated persons; `--recorded` adds one more. */
export const generatedPersons = ["Ann", "Ben"] as const

/** The application registered with the simulated Withings. */
export const client = { id: "withings-bridge-demo", secret: "demo-secret" } as const

/** Writes the config.yaml that every process of the demo reads. */
export const writeDemoConfig = (place: DemoPlace, persons: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const { home } = place
    const cloud = `http://127.0.0.1:${portOf(place, "simulator")}`
    const webhook = portOf(place, "webhook")
    const files = yield* FileSystem.FileSystem
    const withings = {
      client_id: client.id,
      client_secret: client.secret,
      callback_url: "http://localhost:7333/callback",
      profiles: persons,
      account_url: cloud,
      api_url: cloud,
      webhook: { public_url: `http://127.0.0.1:${webhook}`, host: "127.0.0.1", port: webhook },
    }
    // JSON is YAML; nobody is meant to edit this one.
    yield* files.writeFileString(`${home}/config.yaml`, JSON.stringify({ withings }, null, 2), {
      mode: 0o600,
    })
    return yield* BridgeConfig.loadWith({ home, env: {} })
  })
