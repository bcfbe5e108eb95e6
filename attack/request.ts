import { request as httpRequest } from "node:http"
import type { Target } from "./Target.ts"

export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answered {
  /** 0: the connection was cut. */
  readonly status: number
  readonly text: string
  /** Set-Cookie; empty: none. */
  readonly cookie: string
}

/** Sends a request with any Host and Origin, which `fetch` would not send. */
export const send = (target: Target, { body, headers, method, path }: Sent): Promise<Answered> => {
  const { hostname, port } = new URL(target.url)
  return new Promise((resolve) => {
    const sent = httpRequest({
      host: hostname,
      port,
      path,
      method: method ?? "GET",
      headers,
      timeout: 20_000,
    })
    sent.on("response", (answer) => {
      let text = ""
      answer.setEncoding("utf8")
      answer.on("data", (chunk: string) => {
        if (text.length < 1_000_000) text += chunk
        // An event stream never ends.
        if (answer.headers["content-type"]?.startsWith("text/event-stream")) sent.destroy()
      })
      answer.on("close", () =>
        resolve({
          status: answer.statusCode ?? 0,
          text,
          cookie: answer.headers["set-cookie"]?.join("; ") ?? "",
        }),
      )
    })
    sent.on("upgrade", (_, socket) => {
      socket.destroy()
      resolve({ status: 101, text: "", cookie: "" })
    })
    sent.on("timeout", () => sent.destroy())
    sent.on("error", () => resolve({ status: 0, text: "", cookie: "" }))
    sent.end(body)
  })
}

/** Whether the server still answers valid requests. */
export const isAlive = async (target: Target): Promise<boolean> =>
  (await send(target, { path: target.alive, headers: target.headers })).status === (target.aliveStatus ?? 200)
