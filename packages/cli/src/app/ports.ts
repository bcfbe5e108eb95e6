import { createSocket } from "node:dgram"
import { createServer } from "node:net"
import { Effect, type Scope } from "effect"

export type Protocol = "tcp" | "udp"

/** A port that nothing else can take until it is released. */
export interface Reserved {
  readonly port: number
  /** To be called right before the program that the port is for listens on it. */
  readonly release: Effect.Effect<void>
}

interface Held {
  readonly port: number
  readonly close: (done: () => void) => void
}

const bind = (port: number, protocol: Protocol): Effect.Effect<Held | null> =>
  Effect.async((resume) => {
    const taken = () => resume(Effect.succeed(null))
    if (protocol === "udp") {
      const socket = createSocket("udp4").once("error", taken)
      socket.bind(port, "127.0.0.1", () =>
        resume(Effect.succeed({ port: socket.address().port, close: (done) => socket.close(done) })),
      )
      return
    }
    // Whoever connects meanwhile would otherwise keep the port from being released.
    const server = createServer((socket) => socket.destroy()).once("error", taken)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      const bound = address !== null && typeof address === "object" ? address.port : port
      resume(Effect.succeed({ port: bound, close: (done) => server.close(() => done()) }))
    })
  })

const close = (held: Held) => Effect.async<void>((resume) => held.close(() => resume(Effect.void)))

export const isFree = (port: number, protocol: Protocol): Effect.Effect<boolean> =>
  Effect.flatMap(bind(port, protocol), (held) =>
    held === null ? Effect.succeed(false) : Effect.as(close(held), true),
  )

/** Keeps a port for as long as the scope is open, or until it is released; null: something else has it. 0: any port. */
export const reserve = (
  port: number,
  protocol: Protocol,
): Effect.Effect<Reserved | null, never, Scope.Scope> =>
  Effect.gen(function* () {
    const held = yield* bind(port, protocol)
    if (held === null) return null
    const release = yield* Effect.once(close(held))
    yield* Effect.addFinalizer(() => release)
    return { port: held.port, release }
  })
