import { HttpApiBuilder, HttpIncomingMessage, HttpMiddleware } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { flow, Layer, Option } from "effect"
import { createServer } from "node:http"
import type { GladysConfig } from "../GladysConfig.ts"
import { LiveChanges } from "../LiveChanges.ts"
import { ApiKey } from "./ApiKey.ts"
import { deviceRoutes } from "./deviceRoutes.ts"
import { GladysApi } from "./GladysApi.ts"
import { liveRoutes } from "./liveRoutes.ts"
import { serviceRoutes } from "./serviceRoutes.ts"
import { stateRoutes } from "./stateRoutes.ts"
import { systemRoutes } from "./systemRoutes.ts"

const largestBody = 64 * 1024

/** Bounds for whoever connects: how long a request may take to arrive, how many may be open. */
const server = () => {
  const http = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 2000,
  })
  http.maxConnections = 256
  return http
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host)

/** The HTTP bridge, listening. */
export const httpServer = ({ host, port }: Pick<GladysConfig, "host" | "port">) =>
  HttpApiBuilder.serve(flow(bounded, HttpMiddleware.withLoggerDisabled)).pipe(
    Layer.provide(HttpApiBuilder.middlewareOpenApi({ path: "/openapi.json" })),
    Layer.provide(HttpApiBuilder.api(GladysApi)),
    Layer.provide([systemRoutes, deviceRoutes, stateRoutes, liveRoutes, serviceRoutes]),
    Layer.provide(isLoopback(host) ? ApiKey.layerLoopback : ApiKey.layerRequired),
    Layer.provide(LiveChanges.layer),
    Layer.provideMerge(NodeHttpServer.layer(server, { host, port })),
  )

const bounded = HttpMiddleware.make((app) =>
  HttpIncomingMessage.withMaxBodySize(app, Option.some(largestBody)),
)
