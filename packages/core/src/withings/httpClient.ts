import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import type { HttpClient } from "@effect/platform"
import { Layer } from "effect"

/** Long enough for the requests of one round, shorter than servers keep a silent connection. */
const silentConnectionMillis = 4000

/**
 * Node's own HTTP client. `fetch` would cost every process 17 MB (measured on Node 24): the host has `node:http` in
 * memory anyway.
 */
export const layerHttpClient: Layer.Layer<HttpClient.HttpClient> = Layer.provide(
  NodeHttpClient.layerWithoutAgent,
  NodeHttpClient.makeAgentLayer({ keepAlive: true, timeout: silentConnectionMillis }),
)
