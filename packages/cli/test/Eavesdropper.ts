import { createServer, type IncomingHttpHeaders } from "node:http"
import { once } from "node:events"

const secretFields = new Set(["client_secret", "code", "refresh_token", "access_token", "nonce", "signature"])

/** A proxy between the bridge and the simulated cloud that collects every secret. */
export const eavesdrop = async (target: string) => {
  const secrets = new Map<string, string>()
  let refreshes = 0
  let exchanges = 0

  const learn = (what: string, value: unknown): void => {
    if (typeof value === "string" && value !== "") secrets.set(value, what)
  }
  const learnAll = (fields: object): void => {
    for (const [name, value] of Object.entries(fields)) if (secretFields.has(name)) learn(name, value)
  }

  const forward = async (path: string, { authorization }: IncomingHttpHeaders, body: string) => {
    const form = new URLSearchParams(body)
    learnAll(Object.fromEntries(form))
    learn("access_token", authorization?.replace(/^Bearer /u, ""))
    const answer = await fetch(target + path, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(authorization === undefined ? {} : { authorization }),
      },
    })
    const text = await answer.text()
    try {
      learnAll(JSON.parse(text).body ?? {})
    } catch {
      // The answer of a planned fault, without secrets.
    }
    exchanges += 1
    if (form.get("grant_type") === "refresh_token") refreshes += 1
    return { status: answer.status, text }
  }

  const server = createServer((request, response) => {
    let body = ""
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk))
    request.on("end", () => {
      forward(request.url ?? "/", request.headers, body).then(
        ({ status, text }) => response.writeHead(status, { "content-type": "application/json" }).end(text),
        () => response.destroy(),
      )
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()

  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    learn,
    /** The name of each secret, by its value. */
    secrets,
    refreshes: () => refreshes,
    exchanges: () => exchanges,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
