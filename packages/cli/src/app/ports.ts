import { createSocket } from "node:dgram"
import { createServer } from "node:net"
import { Effect, type Scope } from "effect"

export type Protocol = "tcp" | "udp"

/** A port that nothing else can take until it is released. */
export interface Reserved {
  readonly port: number
  /** Call it right before the program that the port is for listens on it. */
  readonly release: Effect.Effect<void>
}

const bind = (port: number, protocol: Protocol): Effect.Effect<Reserved | null> =>
  Effect.async((resume) => {
    const taken = () => resume(Effect.succeed(null))
    const bound = (port: number, close: (done: () => void) => void) => {
      const release = Effect.once(Effect.async<void>((resume) => close(() => resume(Effect.void))))
      resume(Effect.map(release, (release) => ({ port, release })))
    }
    if (protocol === "udp") {
      const socket = createSocket("udp4").once("error", taken)
      socket.bind(port, "127.0.0.1", () => bound(socket.address().port, (done) => socket.close(done)))
      return
    }
    // Connections would keep the port from being released.
    const server = createServer((socket) => socket.destroy()).once("error", taken)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      bound(address !== null && typeof address === "object" ? address.port : port, (done) =>
        server.close(() => done()),
      )
    })
  })

/** Keeps a port while the scope is open, or until it is released; null: it is taken. 0: any port. */
export const reserve = (
  port: number,
  protocol: Protocol,
): Effect.Effect<Reserved | null, never, Scope.Scope> =>
  Effect.acquireRelease(bind(port, protocol), (reserved) => reserved?.release ?? Effect.void)

export const isFree = (port: number, protocol: Protocol): Effect.Effect<boolean> =>
  Effect.scoped(Effect.map(reserve(port, protocol), (reserved) => reserved !== null))
