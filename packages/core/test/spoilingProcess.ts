import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { spoiled, type Spoil } from "./spoil.ts"
import type { SentAnswer, SpoiledAnswers } from "./spoilingCloud.ts"

/** What {@link spoilingCloud} starts, with the address of the cloud; it writes its own. */
const [target = ""] = process.argv.slice(2)

const planned: Array<{ readonly action: string; readonly spoils: ReadonlyArray<Spoil> }> = []
const sent: Array<SentAnswer> = []

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const healthyAnswer = async (path: string, authorization: string, body: string) => {
  const headers = { "content-type": "application/x-www-form-urlencoded", authorization }
  return (await fetch(target + path, { method: "POST", headers, body })).text()
}

const answerTo = async (request: IncomingMessage) => {
  const path = request.url ?? "/"
  const body = await bodyOf(request)
  if (path === "/test/spoil") {
    const { action, spoils }: SpoiledAnswers = JSON.parse(body)
    planned.push(...spoils.map((one) => ({ action, spoils: one })))
    return ""
  }
  if (path === "/test/heal") {
    planned.length = 0
    return JSON.stringify(sent.splice(0))
  }
  const healthy = await healthyAnswer(path, request.headers.authorization ?? "", body)
  const action = `${path} ${new URLSearchParams(body).get("action")}`
  const next = planned.findIndex((one) => one.action === action)
  if (next < 0) return healthy
  const { text } = spoiled(healthy, planned.splice(next, 1)[0]?.spoils ?? [])
  // Larger ones are refused unread.
  if (text.length < 4_000_000) sent.push({ action, text })
  return text
}

const answer = async (request: IncomingMessage, response: ServerResponse) => {
  const text = await answerTo(request)
  response.writeHead(200, { "content-type": "application/json" }).end(text)
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}\n`)
})
