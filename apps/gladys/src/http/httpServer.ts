import { HttpApiBuilder, HttpIncomingMessage, HttpMiddleware } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { flow, Layer, Option } from "effect"
import { createServer, STATUS_CODES } from "node:http"
import type { GladysConfig } from "../GladysConfig.ts"
import { LiveChanges } from "../LiveChanges.ts"
import { ApiKey } from "./ApiKey.ts"
import { deviceRoutes } from "./deviceRoutes.ts"
import { GladysApi } from "./GladysApi.ts"
import { gladysErrors } from "./gladysErrors.ts"
import { liveRoutes } from "./liveRoutes.ts"
import { serviceRoutes } from "./serviceRoutes.ts"
import { stateRoutes } from "./stateRoutes.ts"
import { systemRoutes } from "./systemRoutes.ts"

const largestBody = 64 * 1024

const nodeRefusals: Readonly<Record<string, readonly [number, string]>> & {
  readonly "": readonly [number, string]
} = {
  HPE_HEADER_OVERFLOW: [431, "The address or the headers are too long: 16 kB are read."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive."],
  "": [400, "This is no HTTP request."],
}

/** Bounds for whoever connects: how long a request may take to arrive, how many may be open. */
const server = () => {
  const http = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 2000,
  })
  http.maxConnections = 256
  // What Node refuses before any route is reached.
  http.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy()
    const [status, reason] = nodeRefusals[error.code ?? ""] ?? nodeRefusals[""]
    const body = JSON.stringify({ status, code: "BAD_REQUEST", message: reason })
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
    ]
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`)
  })
  return http
}

/** The HTTP bridge, listening. */
export const httpServer = ({ host, port }: Pick<GladysConfig, "host" | "port">, home: string) =>
  HttpApiBuilder.serve(flow(bounded, HttpMiddleware.withLoggerDisabled)).pipe(
    Layer.provide(gladysErrors),
    Layer.provide(HttpApiBuilder.middlewareOpenApi({ path: "/openapi.json" })),
    Layer.provide(HttpApiBuilder.api(GladysApi)),
    Layer.provide([systemRoutes, deviceRoutes, stateRoutes, liveRoutes, serviceRoutes]),
    Layer.provide(ApiKey.layer(home)),
    Layer.provide(LiveChanges.layer),
    Layer.provideMerge(NodeHttpServer.layer(server, { host, port })),
  )

const bounded = HttpMiddleware.make((app) =>
  HttpIncomingMessage.withMaxBodySize(app, Option.some(largestBody)),
)
