import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import type { HttpClient } from "@effect/platform"
import { Layer } from "effect"

/** Long enough for the requests of a turn, shorter than servers keep idle connections. */
const silentConnectionMillis = 4000

/** An agent of our own does not follow NODE_USE_ENV_PROXY by itself (Node 24.5 and newer know `proxyEnv`). */
const proxy = process.env["NODE_USE_ENV_PROXY"] === "1" ? { proxyEnv: process.env } : {}

/** Node's own client: `fetch` costs every process 17 MB (measured on Node 24), and `node:http` is loaded anyway. */
export const layerHttpClient: Layer.Layer<HttpClient.HttpClient> = Layer.provide(
  NodeHttpClient.layerWithoutAgent,
  NodeHttpClient.makeAgentLayer({ keepAlive: true, timeout: silentConnectionMillis, ...proxy }),
)
