import { request } from "node:http"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import type { ConsoleState } from "../src/ConsoleState.ts"
import { newPassword } from "../src/index.ts"
import { enter, startConsole, type RunningConsole } from "./startConsole.ts"

const ours = { "x-withings-bridge": "console", "content-type": "application/json" }

describe("access to the console", () => {
  let here: RunningConsole
  let lan: RunningConsole
  let session: Record<string, string>
  const post = (
    running: RunningConsole,
    path: string,
    body: unknown,
    headers: Record<string, string> = ours,
  ) =>
    fetch(`${running.url}/api/${path}`, {
      method: "POST",
      headers: running === here ? { ...session, ...headers } : headers,
      body: JSON.stringify(body),
    })
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(here.url + path, { headers: { ...session, ...headers } })

  const messageIn = async (answer: Response): Promise<string> => {
    const { message }: { message: string } = JSON.parse(await answer.text())
    return message
  }

  beforeAll(async () => {
    here = await startConsole({}, { years: 0.1 })
    session = await here.enter()
    lan = await startConsole({ host: "0.0.0.0" }, { years: 0.1 })
  })
  afterAll(() => Promise.all([here?.close(), lan?.close()]))

  it("requires a session on this machine too, since a reverse proxy connects from here", async () => {
    expect((await fetch(`${here.url}/api/state`)).status).toBe(401)
    expect((await get("/api/state")).status).toBe(200)
  })

  it("answers health and readiness to a supervisor without a session", async () => {
    expect(await (await fetch(`${here.url}/health`)).json()).toEqual({ status: "ok" })
    await vi.waitFor(
      async () => {
        const ready = await fetch(`${here.url}/ready`)
        expect([ready.status, await ready.json()]).toEqual([200, { ready: true, reasons: [] }])
      },
      { timeout: 60_000, interval: 200 },
    )
  })

  it("answers on loopback only under its own names", async () => {
    const status = await new Promise((resolve, reject) => {
      const port = new URL(here.url).port
      const headers = { ...session, host: "evil.example" }
      request({ port, host: "127.0.0.1", path: "/api/state", headers }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on("error", reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it("accepts a sign-in link once", async () => {
    const link = here.link()
    expect((await enter(link)).cookie).toContain("withings_bridge=")
    expect((await enter(link)).cookie).toBe("")
    expect((await enter(link.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).cookie).toBe("")
  })

  it("keeps sessions over a restart, and ends them when asked", async () => {
    const other = await here.enter()
    const restarted = await startConsole({ home: here.home }, { years: 0.1 })
    const state = () => fetch(`${restarted.url}/api/state`, { headers: other })
    expect((await state()).status).toBe(200)
    await fetch(`${restarted.url}/api/session/end`, {
      method: "POST",
      headers: { ...ours, ...other },
      body: JSON.stringify({ everywhere: false }),
    })
    expect((await state()).status).toBe(401)
    await restarted.close()
  })

  it("refuses a body that is too large, and keeps running", async () => {
    const size = 200 * 1024 * 1024
    const before = process.memoryUsage().rss
    const ended = await new Promise<string>((resolve) => {
      const headers = { ...ours, "content-length": String(size) }
      const port = new URL(here.url).port
      const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/api/session", headers })
      sent.on("response", (answer) => resolve(String(answer.resume().statusCode)))
      sent.on("error", () => resolve("cut off"))
      const chunk = Buffer.alloc(1024 * 1024, "x")
      let left = size / chunk.length
      const more = () => {
        while (left-- > 0 && !sent.destroyed) if (!sent.write(chunk)) return sent.once("drain", more)
        return sent.end()
      }
      more()
    })
    expect(["400", "413", "cut off"]).toContain(ended)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect((await get("/api/state")).status).toBe(200)
  })

  it("refuses requests from the pages of other sites", async () => {
    const plain = { "content-type": "application/json" }
    expect((await post(here, "sync", {}, plain)).status).toBe(403)
    expect((await post(here, "sync", {}, { ...ours, "sec-fetch-site": "cross-site" })).status).toBe(403)
    const claimed = { origin: "https://evil.example", "sec-fetch-site": "same-origin" }
    expect((await post(here, "sync", {}, { ...ours, ...claimed })).status).toBe(403)
    expect((await get("/api/state", claimed)).status).toBe(403)
    expect((await post(here, "sync", {})).status).toBe(200)
    for (const path of ["leave-out", "matter/window", "matter/remove"])
      expect((await post(here, path, {}, plain)).status).toBe(403)
    expect((await post(lan, "session", { password: "x" }, plain)).status).toBe(403)
  })

  it("sends security headers with the page and the API", async () => {
    for (const path of ["/", "/api/state"]) {
      const { headers } = await get(path)
      expect(headers.get("content-security-policy")).toContain("default-src 'self'")
      expect(headers.get("content-security-policy")).not.toContain("unsafe")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("referrer-policy")).toBe("no-referrer")
    }
    expect((await get("/api/state")).headers.get("cache-control")).toBe("no-store")
    expect((await fetch(`${here.url}/../../package.json`)).status).toBe(404)
  })

  it("asks for the password on other addresses, and keeps only its hash", async () => {
    const password = await Effect.runPromise(newPassword(lan.home))
    expect(password).toMatch(/^.{12}$/)
    expect((await fetch(`${lan.url}/api/state`)).status).toBe(401)
    expect((await post(lan, "sync", {})).status).toBe(401)

    const entered = await post(lan, "session", { password })
    const cookie = entered.headers.get("set-cookie") ?? ""
    expect(cookie).toContain("HttpOnly")
    expect(cookie).toContain("SameSite=Strict")
    expect(cookie).not.toContain("Secure")
    // A browser behind a proxy with TLS sends an origin with https.
    const byTls = await post(
      lan,
      "session",
      { password },
      { ...ours, origin: lan.url.replace("http:", "https:") },
    )
    expect(byTls.headers.get("set-cookie")).toContain("Secure")
    const session = { cookie: cookie.split(";")[0] ?? "" }
    expect((await fetch(`${lan.url}/api/state`, { headers: session })).status).toBe(200)
    expect((await post(lan, "sync", {}, { ...session, "content-type": "application/json" })).status).toBe(403)
    const made = { cookie: session.cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")) }
    expect((await fetch(`${lan.url}/api/state`, { headers: made })).status).toBe(401)
  })

  it("limits wrong passwords, and always accepts the right one", async () => {
    const answers: Array<string> = []
    for (let turn = 0; turn < 12; turn++)
      answers.push(await messageIn(await post(lan, "session", { password: `wrong ${turn}` })))
    expect(answers.filter((message) => message === "That is not the password.")).toHaveLength(10)
    expect(answers.at(-1)).toContain("Too many wrong passwords from this address.")
    const password = await Effect.runPromise(newPassword(lan.home))
    expect((await post(lan, "session", { password })).status).toBe(200)
  })

  it("reports mistakes in settings, and saves none of them", async () => {
    const wrong = { clientId: "a", clientSecret: "hush", callbackUrl: "nowhere", profiles: [] }
    const answer = await post(here, "settings", wrong)
    expect(answer.status).toBe(400)
    const message = await messageIn(answer)
    expect(message).toContain("callback_url")
    expect(message).not.toContain("hush")
    const state: ConsoleState = JSON.parse(await (await get("/api/state")).text())
    expect(state.settings).toMatchObject({ clientId: null, hasSecret: false })
  })

  it("refuses to hide an unknown device, and to pair without a Matter bridge", async () => {
    const unknown = await post(here, "leave-out", { id: "0".repeat(24), leftOut: true })
    expect([unknown.status, await messageIn(unknown)]).toEqual([400, "There is no such device any more."])
    for (const [path, body] of [
      ["matter/window", {}],
      ["matter/remove", { index: 1 }],
    ] as const) {
      const answer = await post(here, path, body)
      expect([answer.status, await messageIn(answer)]).toEqual([
        400,
        expect.stringContaining("is not running"),
      ])
    }
  })

  it("gives diagnostics without names, keys or addresses", async () => {
    const text = await (await get("/api/diagnostics")).text()
    expect(JSON.parse(text).settings.clientIdGiven).toBe(false)
    expect(text).not.toContain(here.home)
  })
})
