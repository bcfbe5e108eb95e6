import { createSocket } from "node:dgram"
import { createServer } from "node:net"
import { Effect } from "effect"

export type Protocol = "tcp" | "udp"

/** The port if nothing has it, else null; 0 asks for any free one. */
const tryPort = (port: number, protocol: Protocol): Effect.Effect<number | null> =>
  Effect.async((resume) => {
    if (protocol === "udp") {
      const socket = createSocket("udp4")
      socket.once("error", () => resume(Effect.succeed(null)))
      socket.bind(port, "127.0.0.1", () => {
        const bound = socket.address().port
        socket.close(() => resume(Effect.succeed(bound)))
      })
      return
    }
    const server = createServer()
    server.once("error", () => resume(Effect.succeed(null)))
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      const bound = address !== null && typeof address === "object" ? address.port : null
      server.close(() => resume(Effect.succeed(bound)))
    })
  })

export const isFree = (port: number, protocol: Protocol): Effect.Effect<boolean> =>
  Effect.map(tryPort(port, protocol), (bound) => bound !== null)

/** The port people know if it is free, else any. */
export const freePort = (preferred: number, protocol: Protocol): Effect.Effect<number> =>
  tryPort(preferred, protocol).pipe(
    Effect.flatMap((port) => (port === null ? tryPort(0, protocol) : Effect.succeed(port))),
    Effect.map((port) => port ?? preferred),
  )
