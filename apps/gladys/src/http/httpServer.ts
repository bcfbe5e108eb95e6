import { HttpApiBuilder, HttpMiddleware } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { boundedBody, boundedServer } from "@withings-bridge/core"
import { flow, Layer } from "effect"
import { STATUS_CODES } from "node:http"
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

const nodeRefusals: ReadonlyMap<string, readonly [number, string]> = new Map([
  ["HPE_HEADER_OVERFLOW", [431, "The address or the headers are too long: 16 kB are read."]],
  ["ERR_HTTP_REQUEST_TIMEOUT", [408, "The request took too long to arrive."]],
])
const noRequest = [400, "This is no HTTP request."] as const

/** Answers in Gladys' shape even where Node refuses a request before any route is reached. */
const server = () => {
  const http = boundedServer()
  http.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy()
    const [status, reason] = nodeRefusals.get(error.code ?? "") ?? noRequest
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
  HttpApiBuilder.serve(flow(boundedBody, HttpMiddleware.withLoggerDisabled)).pipe(
    Layer.provide(gladysErrors),
    Layer.provide(HttpApiBuilder.middlewareOpenApi({ path: "/openapi.json" })),
    Layer.provide(HttpApiBuilder.api(GladysApi)),
    Layer.provide([systemRoutes, deviceRoutes, stateRoutes, liveRoutes, serviceRoutes]),
    Layer.provide(ApiKey.layer(home)),
    Layer.provide(LiveChanges.layer),
    Layer.provideMerge(NodeHttpServer.layer(server, { host, port })),
  )
