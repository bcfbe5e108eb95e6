import { Effect } from "effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"

export type RawAnswer = (response: ServerResponse, request: IncomingMessage) => void

/** A server that answers exactly what it is told, down to bytes that no API would send. Ends with its scope. */
export const rawCloud = (answer: (nth: number) => RawAnswer) =>
  Effect.acquireRelease(
    Effect.async<{ readonly url: string; readonly count: () => number; readonly close: () => void }>(
      (resume) => {
        let count = 0
        const server = createServer((request, response) => {
          request.resume().on("end", () => answer(count++)(response, request))
        })
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          const port = typeof address === "object" && address !== null ? address.port : 0
          const close = () => {
            server.closeAllConnections()
            server.close()
          }
          resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, count: () => count, close }))
        })
      },
    ),
    ({ close }) => Effect.sync(close),
  )

export const says =
  (body: string, status = 200): RawAnswer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body)
  }

export const envelope = (status: number, error?: string): RawAnswer =>
  says(JSON.stringify({ status, body: {}, error }))
