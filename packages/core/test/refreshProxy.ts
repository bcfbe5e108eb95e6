import { createServer, type ServerResponse } from "node:http"

/** A moment of a refresh, as seen by the proxy. */
export type Moment = "asked" | "rotated" | "answered" | "used"

export interface RefreshProxy {
  readonly url: string
  readonly refreshes: () => number
  /** The most concurrent refreshes of one person. */
  readonly mostAtOnce: () => number
  /** Called at each moment; "cut" drops the connection there. */
  onMoment: (moment: Moment) => "cut" | "go" | Promise<"cut" | "go">
  readonly close: () => Promise<void>
}

/** Between the bridge and the simulated cloud: counts concurrent refreshes, and cuts connections on demand. */
export const startRefreshProxy = async (target: string): Promise<RefreshProxy> => {
  const personOf = new Map<string, string>()
  const onTheWay = new Map<string, number>()
  let refreshes = 0
  let most = 0

  const forward = async (
    path: string,
    headers: Record<string, string>,
    body: string,
    response: ServerResponse,
  ) => {
    const form = new URLSearchParams(body)
    const refresh = form.get("refresh_token")
    const moment = async (moment: Moment) => (await proxy.onMoment(moment)) === "cut" && response.destroy()
    const person = personOf.get(refresh ?? "") ?? refresh ?? ""
    if (refresh !== null) {
      refreshes++
      onTheWay.set(person, (onTheWay.get(person) ?? 0) + 1)
      most = Math.max(most, onTheWay.get(person) ?? 0)
    }
    try {
      if (await moment(refresh === null ? "used" : "asked")) return
      const answer = await fetch(target + path, { method: "POST", headers, body })
      const text = await answer.text()
      const token: unknown = JSON.parse(text)?.body
      if (typeof token === "object" && token !== null && "refresh_token" in token && "userid" in token) {
        personOf.set(String(token.refresh_token), String(token.userid))
      }
      if (refresh !== null && (await moment("rotated"))) return
      response.writeHead(answer.status, { "content-type": "application/json" }).end(text)
      if (refresh !== null) await moment("answered")
    } finally {
      if (refresh !== null) onTheWay.set(person, (onTheWay.get(person) ?? 1) - 1)
    }
  }

  const server = createServer((request, response) => {
    let body = ""
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk))
    request.on("end", () => {
      const { authorization } = request.headers
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        ...(authorization === undefined ? {} : { authorization }),
      }
      forward(request.url ?? "/", headers, body, response).catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0

  const proxy: RefreshProxy = {
    url: `http://127.0.0.1:${port}`,
    refreshes: () => refreshes,
    mostAtOnce: () => most,
    onMoment: () => "go",
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
