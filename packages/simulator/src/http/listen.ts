import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { Certificates } from "../tls/certificates.ts"

export interface Listening {
  readonly url: string
  readonly server: Server
  readonly close: () => Promise<void>
}

type Handler = (...received: Parameters<RequestListener>) => Promise<void>

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EADDRINUSE"

export interface ListenOptions {
  /** Names the server in errors. */
  readonly name: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** null: plain HTTP. */
  readonly tls?: Certificates | null
}

/** Starts a server. Rejects with one sentence when the port is taken. */
export const listen = async (
  { name, host, port, tls = null }: ListenOptions,
  handle: Handler,
): Promise<Listening> => {
  const answer: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { "content-type": "text/plain" }).end(`${name}: ${String(error)}`)
    })
  }
  const server =
    tls === null ? createServer(answer) : createTlsServer({ cert: tls.certificate, key: tls.key }, answer)
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        isPortTaken(error)
          ? new Error(
              `The ${name} cannot listen: port ${port} of ${host} is taken. Choose another, or 0 for a free one.`,
            )
          : error,
      ),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === "object" && address !== null ? address.port : port
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const shown = host.includes(":") ? `[${host}]` : host
  return { url: `${tls === null ? "http" : "https"}://${shown}:${bound}`, server, close }
}
