import { HttpIncomingMessage, HttpMiddleware } from "@effect/platform"
import { Option } from "effect"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"

/** Limit for the body of a request, in bytes; the longest form has a few hundred. */
const largestBody = 64 * 1024

/** Refuses a larger body while it arrives, so that nobody can fill the memory. */
export const boundedBody = HttpMiddleware.make((app) =>
  HttpIncomingMessage.withMaxBodySize(app, Option.some(largestBody)),
)

/** Milliseconds that a request may take to arrive. For a server that bounds its connections itself. */
export const requestLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 2000,
} as const

/**
 * A server with limits on how long a request may take to arrive and how many may be open. Closing it ends open event
 * streams too, which would otherwise keep it from closing.
 */
export const boundedServer = (): Server => {
  const server = createServer(requestLimits)
  server.maxConnections = 256
  holdUntilServed(server)
  const close = server.close.bind(server)
  server.close = (closed) => {
    close(closed)
    server.closeAllConnections()
    return server
  }
  return server
}

/** A server listens before its app is attached. Without this, a request that comes in between is never answered. */
const holdUntilServed = (server: Server) => {
  const early: Array<readonly [IncomingMessage, ServerResponse]> = []
  const hold = (request: IncomingMessage, response: ServerResponse) => void early.push([request, response])
  const attached = (event: string | symbol) => {
    if (event !== "request") return
    server.off("newListener", attached).off("request", hold)
    // Node emits "newListener" before it adds the listener.
    setImmediate(() => early.forEach(([request, response]) => server.emit("request", request, response)))
  }
  server.on("request", hold).on("newListener", attached)
}
