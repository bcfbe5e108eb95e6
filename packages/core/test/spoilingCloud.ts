import { Effect } from "effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { spoiled, type Spoil } from "./spoil.ts"

/** The next answers to an action, each spoiled in its way. */
export interface SpoiledAnswers {
  readonly action: string
  readonly spoils: ReadonlyArray<ReadonlyArray<Spoil>>
}

export interface SentAnswer {
  readonly action: string
  readonly text: string
}

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Stands between the bridge and the simulated cloud and spoils what it is told to. Ends with its scope. */
export const spoilingCloud = (target: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const planned: Array<{ readonly action: string; readonly spoils: ReadonlyArray<Spoil> }> = []
      const sent: Array<SentAnswer> = []
      const answer = async (request: IncomingMessage, response: ServerResponse) => {
        const body = await bodyOf(request)
        const { authorization = "" } = request.headers
        const headers = { "content-type": "application/x-www-form-urlencoded", authorization }
        const healthy = await (await fetch(target + request.url, { method: "POST", headers, body })).text()
        const action = `${request.url} ${new URLSearchParams(body).get("action")}`
        const next = planned.findIndex((one) => one.action === action)
        const spoils = next < 0 ? [] : (planned.splice(next, 1)[0]?.spoils ?? [])
        const text = next < 0 ? healthy : spoiled(healthy, spoils).text
        if (next >= 0) sent.push({ action, text })
        response.writeHead(200, { "content-type": "application/json" }).end(text)
      }
      const server = createServer((request, response) => {
        answer(request, response).catch(() => response.destroy())
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      return {
        url: `http://127.0.0.1:${port}`,
        /** What was spoiled so far, as it was sent. */
        sent,
        spoil: ({ action, spoils }: SpoiledAnswers) => {
          planned.push(...spoils.map((one) => ({ action, spoils: one })))
        },
        /** From here on every answer is healthy. */
        heal: () => {
          planned.length = 0
        },
        close: () => {
          server.closeAllConnections()
          server.close()
        },
      }
    }),
    ({ close }) => Effect.sync(close),
  )
