import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Effect, Layer } from "effect"
import { hubConfig } from "./HubConfig.ts"
import { layerRunner } from "./layerRunner.ts"

const start = Effect.gen(function* () {
  const config = yield* hubConfig
  return yield* Layer.launch(layerRunner(config))
}).pipe(
  Effect.catchTag("ConfigError", (error) =>
    Effect.zipRight(
      Console.error(`The hub is not configured: ${error}\nSee docs/hub.md.`),
      Effect.sync(() => void (process.exitCode = 1)),
    ),
  ),
)

NodeRuntime.runMain(start)
