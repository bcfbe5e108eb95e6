/**
 * The simulated cloud alone: start time and memory with fifty persons and ten years each, and how many small delta
 * requests and megabytes of history pages it serves per second over loopback. The server is a separate process; the floor
 * is a bare node:http server that answers the same bytes.
 */
import { fork } from "node:child_process"
import { Agent, createServer, request } from "node:http"
import { fileURLToPath } from "node:url"
import { startSimulator } from "@withings-bridge/simulator"

interface Ready {
  readonly url: string
  readonly floorUrl: string
  readonly startMilliseconds: number
}

const persons = 50
const years = 10
const seconds = 3
/** Many small requests at once; few large answers, because loopback collapses under many. */
const inFlight = { small: 16, large: 2 }
const redirectUri = "http://127.0.0.1:1/"

const serve = async (): Promise<void> => {
  const before = performance.now()
  const simulator = await startSimulator({ persons, years, requestsPerMinute: Infinity })
  const startMilliseconds = performance.now() - before
  let same = ""
  const floor = createServer((incoming, response) => {
    incoming.resume()
    incoming.on("end", () => response.setHeader("content-type", "application/json").end(same))
  })
  process.on("message", (message) => {
    if (typeof message === "string") same = message
    process.send?.({ rss: process.memoryUsage.rss() })
  })
  floor.listen(0, "127.0.0.1", () => {
    const address = floor.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const ready: Ready = { url: simulator.url, floorUrl: `http://127.0.0.1:${port}`, startMilliseconds }
    process.send?.(ready)
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: inFlight.small })

/** One request over a kept connection; returns the body. */
const post = (url: string, fields: Record<string, string>, token = ""): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const body = new URLSearchParams(fields).toString()
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    }
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("end", () => resolve(Buffer.concat(chunks)))
    })
    sent.on("error", reject)
    sent.end(body)
  })

const signIn = async (url: string, person: string): Promise<string> => {
  const asked = {
    response_type: "code",
    client_id: "demo-client",
    state: "x",
    scope: "user.metrics",
    redirect_uri: redirectUri,
    person,
  }
  const page = await fetch(`${url}/oauth2_user/authorize2`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(asked),
  })
  const code = new URL(page.headers.get("location") ?? "").searchParams.get("code") ?? ""
  const client = { client_id: "demo-client", client_secret: "demo-secret", redirect_uri: redirectUri }
  const answer = await post(`${url}/v2/oauth2`, {
    action: "requesttoken",
    grant_type: "authorization_code",
    ...client,
    code,
  })
  const { body }: { body: { access_token: string } } = JSON.parse(answer.toString())
  return body.access_token
}

/** Requests and megabytes per second, with several requests in flight. */
const measure = async (workers: number, send: (count: number) => Promise<Buffer>) => {
  let requests = 0
  let bytes = 0
  const before = performance.now()
  const until = before + seconds * 1000
  const worker = async (): Promise<void> => {
    while (performance.now() < until) {
      bytes += (await send(requests++)).length
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  const took = (performance.now() - before) / 1000
  return { requests: requests / took, megabytes: bytes / took / 1e6 }
}

const once = <T>(child: ReturnType<typeof fork>): Promise<T> =>
  new Promise((resolve) => child.once("message", (message: T) => resolve(message)))

const line = (name: string, value: string): void => console.log(`${name.padEnd(58)} ${value.padStart(14)}`)

const run = async (): Promise<void> => {
  const child = fork(fileURLToPath(import.meta.url), ["serve"])
  const { url, floorUrl, startMilliseconds } = await once<Ready>(child)
  const rss = async (sameBytes?: string): Promise<string> => {
    child.send(sameBytes ?? 0)
    return `${Math.round((await once<{ rss: number }>(child)).rss / 2 ** 20)} MB`
  }
  line(`start with ${persons} persons and ${years} years each`, `${Math.round(startMilliseconds)} ms`)
  line("memory after the start", await rss())

  const token = await signIn(url, "Ann")
  const getmeas = (fields: Record<string, string>) =>
    post(`${url}/measure`, { action: "getmeas", ...fields }, token)
  const sinceYesterday = String(Math.floor(Date.now() / 1000) - 86_400)
  const delta = await measure(inFlight.small, () => getmeas({ lastupdate: sinceYesterday }))
  await rss((await getmeas({ lastupdate: sinceYesterday })).toString())
  const deltaFloor = await measure(inFlight.small, () => post(floorUrl, {}))
  line("delta requests", `${Math.round(delta.requests)} /s`)
  line("  floor: bare node:http answering the same bytes", `${Math.round(deltaFloor.requests)} /s`)

  // A person's history is generated when it is first read.
  await getmeas({ offset: "300" })
  const pages = await measure(inFlight.large, (count) => getmeas({ offset: String((count % 10) * 300) }))
  await rss((await getmeas({})).toString())
  const pagesFloor = await measure(inFlight.large, () => post(floorUrl, {}))
  line("pages of history", `${pages.megabytes.toFixed(0)} MB/s`)
  line("  floor: bare node:http answering the same bytes", `${pagesFloor.megabytes.toFixed(0)} MB/s`)

  const tokens = await Promise.all(
    Array.from({ length: 8 }, (_, index) => `Person ${index + 20}`).map((name) => signIn(url, name)),
  )
  await Promise.all(tokens.map((one) => post(`${url}/measure`, { action: "getmeas", offset: "300" }, one)))
  const everyone = await measure(inFlight.large, (count) =>
    post(
      `${url}/measure`,
      { action: "getmeas", offset: String((count % 20) * 300) },
      tokens[count % tokens.length],
    ),
  )
  line("pages of history of eight persons in turn", `${everyone.megabytes.toFixed(0)} MB/s`)
  line("memory at the end", await rss())
  child.kill()
  agent.destroy()
}

await (process.argv[2] === "serve" ? serve() : run())
