import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { appLog, BridgeConfig, homePath } from "@withings-bridge/core"
import { Console, Effect, Layer } from "effect"
import { apiKeyFile } from "./apiKeyFile.ts"
import { failureText } from "./failureText.ts"
import { type GladysConfig, help, loadGladysConfig, wantsHelp } from "./GladysConfig.ts"
import { credentialsOf, withingsCore } from "./withingsCore.ts"

const run = (gladys: GladysConfig) =>
  Effect.gen(function* () {
    const config = yield* BridgeConfig.load
    // Memory is short where Gladys runs this.
    const core = withingsCore(gladys.integration === null ? config : { ...config, storeCacheKilobytes: 1000 })
    const credentials = credentialsOf(config)
    if (gladys.integration !== null) {
      const { externalIntegration } = yield* Effect.promise(
        () => import("./integration/externalIntegration.ts"),
      )
      // Webhooks come by Gladys Plus alone, and Gladys says later whether there is one.
      return yield* externalIntegration(gladys.integration, core, { ...credentials, relayedWebhook: null })
    }
    const { httpBridge } = yield* Effect.promise(() => import("./httpBridge.ts"))
    const say = (url: string) =>
      Effect.zipRight(
        Console.log(`Withings bridge for Gladys: ${url} (what it answers: ${url}/docs)`),
        Console.log(`Its API key is in ${apiKeyFile(config.home)}`),
      )
    return yield* Layer.launch(httpBridge({ ...gladys, say }, config.home, core, credentials))
  })

const failed = (gladys: GladysConfig | null) => (error: unknown) =>
  Effect.sync(() => {
    process.stderr.write(`${failureText(error, gladys)}\n`)
    process.exitCode = 1
  })

// A client that keeps its connection open must not keep the process from stopping.
const patience = 1500
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => setTimeout(() => process.exit(0), patience).unref())
}

const args = process.argv.slice(2)
const start = Effect.try({
  try: () => loadGladysConfig(args, homePath(undefined, process.env), process.env),
  catch: (error) => error,
}).pipe(
  Effect.matchEffect({
    onSuccess: (gladys) => Effect.catchAll(run(gladys), failed(gladys)),
    onFailure: failed(null),
  }),
  Effect.provide(NodeContext.layer),
)

NodeRuntime.runMain((wantsHelp(args) ? Console.log(help.trimEnd()) : start).pipe(Effect.provide(appLog)), {
  disablePrettyLogger: true,
})
