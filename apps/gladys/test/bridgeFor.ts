import { HttpServer } from "@effect/platform"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { Context, Effect, Layer, Redacted } from "effect"
import type { Credentials } from "../src/BridgeHost.ts"
import { httpBridge } from "../src/httpBridge.ts"
import { temporaryHome } from "./GladysApp.ts"
import type { TestCore } from "./TestCore.ts"

const credentials: Credentials = {
  clientId: "",
  clientSecret: Redacted.make(""),
  callbackUrl: "http://127.0.0.1/callback",
  profiles: [],
}

/** The HTTP bridge on a free port, over a core of the test. */
export const bridgeFor = (core: TestCore, host = "127.0.0.1") =>
  Effect.gen(function* () {
    const home = yield* temporaryHome
    const lines: Array<string> = []
    const say = (line: string) => Effect.sync(() => void lines.push(line))
    const config = { host, port: 0, language: "en", newApiKey: false, say } as const
    const context = yield* Layer.build(httpBridge(config, home, core.layer, credentials)).pipe(
      Effect.provide(NodeContext.layer),
    )
    const { address } = Context.get(context, HttpServer.HttpServer)
    if (address._tag !== "TcpAddress") return yield* Effect.dieMessage("no TCP address")
    return { url: `http://127.0.0.1:${address.port}`, port: address.port, home, lines }
  })
