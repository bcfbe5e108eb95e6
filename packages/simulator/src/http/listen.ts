import { createServer, type RequestListener, type Server } from "node:http"

export interface Listening {
  readonly url: string
  readonly server: Server
  readonly close: () => Promise<void>
}

type Handler = (...received: Parameters<RequestListener>) => Promise<void>

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EADDRINUSE"

/** A server on that port; port 0 takes a free one. A taken port is told in one sentence. */
export const listen = async (
  name: string,
  host: string,
  port: number,
  handle: Handler,
): Promise<Listening> => {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { "content-type": "text/plain" }).end(`${name}: ${String(error)}`)
    })
  })
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
  return { url: `http://${shown}:${bound}`, server, close }
}
