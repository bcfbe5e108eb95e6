import { Socket } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Logger, Redacted } from "effect"
import { createServer } from "node:net"
import { keepConnected } from "./HostSocket.ts"

/** A port that was free a moment ago. */
const closedPort = Effect.async<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    server.close(() => resume(Effect.succeed(port)))
  })
})

describe("a connection to Gladys that cannot be opened", () => {
  it.scopedLive("is told with the address and the cause", () =>
    Effect.gen(function* () {
      const told = yield* Deferred.make<string>()
      const logger = Logger.make(({ message }) => Deferred.unsafeDone(told, Effect.succeed(String(message))))
      const url = `http://127.0.0.1:${yield* closedPort}`
      yield* keepConnected(
        { url, token: Redacted.make("token"), selector: "ext-dev-withings" },
        () => Effect.void,
        () => Effect.void,
      ).pipe(
        Effect.provide(Socket.layerWebSocketConstructorGlobal),
        Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
        Effect.forkScoped,
      )
      const line = yield* Deferred.await(told)
      assert.include(line, `No connection to Gladys at ${url}`)
      assert.include(line, "ECONNREFUSED")
    }),
  )
})
