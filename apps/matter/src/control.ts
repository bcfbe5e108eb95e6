import { chmodSync, rmSync } from "node:fs"
import { createServer, request, type Server } from "node:http"
import { join } from "node:path"
import type { MatterNode } from "./MatterNode.ts"
import { type Pairing, tellPairing } from "./pairing.ts"

/**
 * How commands talk to the running bridge: HTTP over a socket file in its folder, which takes no port and only lets in
 * the same user of this machine.
 *
 *   GET  /pairing          {@link Pairing}
 *   POST /window           lets one more controller in
 *   POST /factory-reset    forgets all controllers
 *   DELETE /fabrics/N      unpairs one
 */
const socketOf = (folder: string) => join(folder, "control.sock")

export const serveControl = async (folder: string, node: MatterNode, port: number): Promise<Server> => {
  const now = () => node.settled(() => tellPairing(folder, node, port))
  const answers: Record<string, (operand: string) => Promise<unknown>> = {
    "GET /pairing": now,
    "POST /window": () => node.openWindow().then(now),
    "POST /factory-reset": () => node.erase().then(now),
    "DELETE /fabrics": async (index) => ((await node.removeFabric(Number(index))) ? now() : undefined),
  }
  const server = createServer((incoming, outgoing) => {
    const [, path = "", operand = ""] = (incoming.url ?? "").split("/")
    const reply = (status: number, body: unknown) => {
      outgoing.writeHead(status, { "content-type": "application/json" })
      outgoing.end(JSON.stringify(body))
    }
    const answer = answers[`${incoming.method} /${path}`]
    if (answer === undefined) return reply(404, { error: "There is no such route." })
    answer(operand).then(
      (body) =>
        body === undefined
          ? reply(404, {
              error: `No controller has the number ${operand}: withings-matter fabrics lists them.`,
            })
          : reply(200, body),
      (error: unknown) => reply(409, { error: error instanceof Error ? error.message : String(error) }),
    )
  })
  const socket = socketOf(folder)
  // Left behind by a killed process. None is alive, because matter.js locks the folder.
  rmSync(socket, { force: true })
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve))
  chmodSync(socket, 0o600)
  return server
}

/** Asks the running bridge; fails when there is none. */
export const ask = (folder: string, method: string, path: string): Promise<Pairing> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath: socketOf(folder), method, path }, (answer) => {
      let text = ""
      answer.setEncoding("utf8")
      answer.on("data", (chunk: string) => (text += chunk))
      answer.on("end", () => {
        const body = JSON.parse(text)
        if (answer.statusCode === 200) resolve(body)
        else reject(new Error(body.error))
      })
    })
    asked.on("error", () =>
      reject(new Error(`The Matter bridge is not running on ${folder}: start withings-matter first.`)),
    )
    asked.end()
  })
