import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Effect } from "effect"
import { hubConfig } from "./HubConfig.ts"
import { launch } from "./launch.ts"

const start = Effect.flatMap(hubConfig, (config) => launch(config)).pipe(
  Effect.catchTag("ConfigError", (error) =>
    Effect.zipRight(
      Console.error(`The hub is not configured: ${error}\nSee docs/hub.md.`),
      Effect.sync(() => void (process.exitCode = 1)),
    ),
  ),
)

NodeRuntime.runMain(start)
