import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import {
  allGroups,
  call,
  form,
  refresh,
  send,
  signIn,
  startListener,
  subscribe,
  testClock,
  type Tokens,
} from "./client.ts"

describe("faults by name", () => {
  const clock = testClock()
  let simulator: Simulator
  let ann: Tokens

  beforeEach(async () => {
    simulator = await startSimulator({ now: clock.now, years: 2 })
    ann = await signIn(simulator, "Ann")
  })
  afterEach(() => simulator.close())

  const devices = () => call(simulator, "/v2/user", { action: "getdevice" }, ann.access_token)
  const raw = (signal?: AbortSignal) =>
    fetch(`${simulator.url}/measure`, {
      method: "POST",
      body: form({ action: "getmeas" }),
      headers: { authorization: `Bearer ${ann.access_token}` },
      ...(signal ? { signal } : {}),
    })

  it("expireToken leaves the refresh token alive, rejectRefresh the access token", async () => {
    await simulator.faults.expireToken("ann")
    expect((await devices()).status).toBe(401)
    const next = await refresh(simulator, ann.refresh_token)
    expect(next.status).toBe(0)
    await simulator.faults.rejectRefresh("Ann")
    expect((await refresh(simulator, next.body.refresh_token)).status).toBe(503)
    expect((await call(simulator, "/v2/user", { action: "getdevice" }, next.body.access_token)).status).toBe(
      0,
    )
  })

  it("failNext strikes only that action, only so often", async () => {
    await simulator.faults.failNext("getmeas", 522, 2)
    expect((await devices()).status).toBe(0)
    const getmeas = () => call(simulator, "/measure", { action: "getmeas" }, ann.access_token)
    expect([(await getmeas()).status, (await getmeas()).status, (await getmeas()).status]).toEqual([
      522, 522, 0,
    ])
  })

  it("failNext answers HTTP 500, broken JSON and a web page", async () => {
    await simulator.faults.failNext("*", { kind: "http 500" })
    expect((await raw()).status).toBe(500)
    await simulator.faults.failNext("/measure getmeas", { kind: "bad JSON" })
    await expect((await raw()).json()).rejects.toThrow(SyntaxError)
    await simulator.faults.failNext("measure getmeas", { kind: "HTML page" })
    const page = await raw()
    expect(page.headers.get("content-type")).toBe("text/html")
    expect(await page.text()).toContain("<!DOCTYPE html>")
  })

  it("failNext cuts the connection, or never answers", async () => {
    await simulator.faults.failNext("getmeas", { kind: "cut connection" })
    await expect(raw()).rejects.toThrow("fetch failed")
    await simulator.faults.failNext("getmeas", { kind: "timeout" })
    await expect(raw(AbortSignal.timeout(300))).rejects.toMatchObject({ name: "TimeoutError" })
    expect(simulator.requests.at(-1)).toMatchObject({ action: "getmeas", status: "timeout" })
  })

  it("throttle answers 601 for so long; slow holds answers back", async () => {
    await simulator.faults.throttle(30)
    expect(await devices()).toMatchObject({ status: 601 })
    clock.pass(30)
    expect((await devices()).status).toBe(0)
    await simulator.faults.slow(200)
    const before = performance.now()
    await devices()
    expect(performance.now() - before).toBeGreaterThanOrEqual(190)
  })

  it("dropPage leaves a page empty, duplicatePage sends one twice", async () => {
    const whole = await allGroups(simulator, ann.access_token)
    await simulator.faults.dropPage()
    expect((await allGroups(simulator, ann.access_token)).length).toBe(whole.length - 300)
    await simulator.faults.duplicatePage()
    const twice = await allGroups(simulator, ann.access_token)
    expect(twice.length).toBe(whole.length + 300)
    expect(twice.slice(300, 600)).toEqual(whole.slice(0, 300))
    expect(twice.slice(600)).toEqual(whole.slice(300))
  })

  it("revokeConsent ends tokens and subscriptions without a webhook", async () => {
    const listener = await startListener()
    await subscribe(simulator, ann.access_token, listener.url, 1)
    await simulator.faults.revokeConsent("Ann")
    expect((await devices()).status).toBe(401)
    expect((await refresh(simulator, ann.refresh_token)).status).toBe(503)
    await simulator.weigh("Ann", 70)
    expect(listener.heard).toEqual([])
    await listener.close()
  })

  it("clockSkew moves the cloud's clock, unknownMeasureType sends a type of no list", async () => {
    await simulator.faults.clockSkew(-3600)
    const now = Math.floor(clock.at / 1000)
    const { body } = await call(
      simulator,
      "/measure",
      { action: "getmeas", lastupdate: now },
      ann.access_token,
    )
    expect(body.updatetime).toBe(now - 3600)
    const group = await simulator.faults.unknownMeasureType("Ann", 4242, 7)
    expect(group.measures).toMatchObject([{ type: 4242, value: 7, unit: 0 }])
    const groups = await allGroups(simulator, ann.access_token)
    expect(groups).toContainEqual(group)
  })

  it("logs requests without their secrets", async () => {
    const listener = await startListener()
    await subscribe(simulator, ann.access_token, listener.url, 1)
    await refresh(simulator, ann.refresh_token)
    await simulator.faults.expireToken("Ann")
    await devices()
    const text = JSON.stringify(simulator.requests)
    for (const secret of [ann.access_token, ann.refresh_token, simulator.clientSecret, "secret=shh"]) {
      expect(text).not.toContain(secret)
    }
    expect(simulator.requests.map(({ action, status }) => `${action} ${status}`)).toEqual([
      "requesttoken 0",
      "subscribe 0",
      "requesttoken 0",
      "getdevice 401",
    ])
    expect(simulator.requests[1]).toMatchObject({ person: "Ann", params: { appli: "1" } })
    await listener.close()
  })
})

describe("requests that real clients send", () => {
  let simulator: Simulator
  let token: string

  beforeEach(async () => {
    simulator = await startSimulator({ years: 1 })
    token = (await signIn(simulator, "Ann")).access_token
  })
  afterEach(() => simulator.close())

  it("takes parameters in the address, as GET, in multipart and with the token as a parameter", async () => {
    const authorization = `Bearer ${token}`
    const multipart = new FormData()
    multipart.set("action", "getgoals")
    const answers = await Promise.all([
      fetch(`${simulator.url}/v2/user?action=getgoals`, { headers: { authorization } }),
      fetch(`${simulator.url}/v2/user?action=getgoals`, { method: "POST", headers: { authorization } }),
      fetch(`${simulator.url}/v2/user/?action=getgoals&access_token=${token}`),
      fetch(`${simulator.url}/v2/user`, { method: "POST", body: multipart, headers: { authorization } }),
    ])
    for (const answer of answers) expect(await answer.json()).toMatchObject({ status: 0 })
  })

  it("answers even nonsense with HTTP 200 and a status", async () => {
    expect((await send(simulator, "/v2/nothing", { action: "x" }, token)).status).toBe(2554)
    expect((await send(simulator, "/measure", {}, token)).status).toBe(2554)
    expect((await send(simulator, "/measure", { action: "__proto__" }, token)).status).toBe(2554)
    expect((await call(simulator, "/measure", { action: "getmeas" })).status).toBe(401)
  })
})
