import { createHmac } from "node:crypto"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { allScopes, authorize, call, redeem, redirectUri, refresh, signIn, testClock } from "./client.ts"

const anHour = 3600

describe("sign-in", () => {
  const clock = testClock()
  let simulator: Simulator

  beforeEach(async () => {
    simulator = await startSimulator({ now: clock.now, years: 1, otherClients: { other: "other-secret" } })
  })
  afterEach(() => simulator.close())

  const devices = (token: string) => call(simulator, "/v2/user", { action: "getdevice" }, token)
  const codeFor = async (fields = {}) => (await authorize(simulator, fields)).searchParams.get("code") ?? ""

  it("shows a page with everyone and both buttons, and brings state and code back", async () => {
    const query = new URLSearchParams({
      response_type: "code",
      client_id: simulator.clientId,
      state: 'x"><script>',
      scope: allScopes,
      redirect_uri: redirectUri,
    })
    const page = await fetch(`${simulator.url}/oauth2_user/authorize2?${query}`)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('value="Ann"')
    expect(html).toContain('value="Ben"')
    expect(html).toContain("Authorize")
    expect(html).toContain("Cancel")
    expect(html).not.toContain('x"><script>')
    const back = await authorize(simulator, { person: "Ben", state: "some state" })
    expect(back.href.startsWith(redirectUri)).toBe(true)
    expect(back.searchParams.get("state")).toBe("some state")
    expect(back.searchParams.get("code")).toMatch(/^[0-9a-f]{40}$/)
  })

  it("reports to the application that the person cancelled", async () => {
    const back = await authorize(simulator, { decision: "cancel" })
    expect(back.searchParams.get("error")).toBe("access_denied")
    expect(back.searchParams.get("code")).toBeNull()
  })

  it.each([
    ["an unknown client", { client_id: "nobody" }, /not registered/],
    ["an unknown scope", { scope: "user.everything" }, /scope/],
    ["a wrong response_type", { response_type: "token" }, /response_type/],
    ["a person who does not live here", { person: "Zoe" }, /Known: Ann, Ben/],
  ])("refuses %s with a page that says why", async (_, fields, why) => {
    await expect(authorize(simulator, fields)).rejects.toThrow(why)
  })

  it("accepts only the registered address where one is given", async () => {
    const strict = await startSimulator({ callbackUrl: redirectUri })
    await expect(authorize(strict, { redirect_uri: "http://127.0.0.1:1/elsewhere" })).rejects.toThrow(
      /redirect_uri/,
    )
    await expect(authorize(strict)).resolves.toBeInstanceOf(URL)
    await strict.close()
  })

  it("gives tokens for a code once, within 30 seconds, to the same client and address", async () => {
    const code = await codeFor()
    const first = await redeem(simulator, code)
    expect(first).toMatchObject({
      status: 0,
      body: { expires_in: 10_800, token_type: "Bearer", scope: allScopes },
    })
    expect(await redeem(simulator, code)).toMatchObject({
      status: 503,
      error: "Invalid Params: invalid code",
    })
    const late = await codeFor()
    clock.pass(30)
    expect(await redeem(simulator, late)).toMatchObject({ status: 503 })
    expect(await redeem(simulator, await codeFor(), { redirect_uri: "http://other/" })).toMatchObject({
      status: 503,
    })
    const foreign = { client_id: "other", client_secret: "other-secret" }
    expect(await redeem(simulator, await codeFor(), foreign)).toMatchObject({ status: 503 })
    expect(await redeem(simulator, await codeFor(), { client_secret: "wrong" })).toMatchObject({
      status: 503,
    })
  })

  it("lets an access token live three hours", async () => {
    const { access_token } = await signIn(simulator, "Ann")
    clock.pass(3 * anHour - 1)
    expect((await devices(access_token)).status).toBe(0)
    clock.pass(1)
    expect(await devices(access_token)).toMatchObject({
      status: 401,
      error: expect.stringContaining("invalid_token"),
    })
  })

  it("kills the old refresh token when the new access token is used", async () => {
    const old = await signIn(simulator, "Ann")
    const next = (await refresh(simulator, old.refresh_token)).body
    expect(next.refresh_token).not.toBe(old.refresh_token)
    expect((await refresh(simulator, old.refresh_token)).status).toBe(0)
    await devices(next.access_token)
    expect((await refresh(simulator, old.refresh_token)).status).toBe(503)
    expect((await refresh(simulator, next.refresh_token)).status).toBe(0)
  })

  it("kills the old refresh token eight hours after its successor, used or not", async () => {
    const old = await signIn(simulator, "Ann")
    await refresh(simulator, old.refresh_token)
    clock.pass(8 * anHour - 1)
    const again = await refresh(simulator, old.refresh_token)
    expect(again.status).toBe(0)
    clock.pass(1)
    expect((await refresh(simulator, old.refresh_token)).status).toBe(503)
    expect((await refresh(simulator, again.body.refresh_token)).status).toBe(0)
  })

  it("lets a refresh token live a year", async () => {
    const { refresh_token } = await signIn(simulator, "Ann")
    clock.pass(365 * 24 * anHour)
    expect((await refresh(simulator, refresh_token)).status).toBe(503)
  })

  it("keeps persons of one client apart", async () => {
    const ann = await signIn(simulator, "Ann")
    const ben = await signIn(simulator, "Ben")
    expect(ann.userid).not.toBe(ben.userid)
    await simulator.faults.expireToken("Ann")
    expect((await devices(ann.access_token)).status).toBe(401)
    expect((await devices(ben.access_token)).status).toBe(0)
  })

  it("answers 403 where the scope is missing", async () => {
    const { access_token } = await signIn(simulator, "Ann", { scope: "user.metrics" })
    expect(await devices(access_token)).toMatchObject({
      status: 403,
      error: expect.stringContaining("Insufficient_scope"),
    })
    expect((await call(simulator, "/measure", { action: "getmeas" }, access_token)).status).toBe(0)
  })

  const sign = (...values: ReadonlyArray<string>) =>
    createHmac("sha256", simulator.clientSecret).update(values.join(",")).digest("hex")

  const signed = async <A extends string>(action: A) => {
    const client_id = simulator.clientId
    const timestamp = String(Math.floor(clock.at / 1000))
    const { body } = await call(simulator, "/v2/signature", {
      action: "getnonce",
      client_id,
      timestamp,
      signature: sign("getnonce", client_id, timestamp),
    })
    const nonce: string = body.nonce
    return { action, client_id, nonce, signature: sign(action, client_id, nonce) }
  }

  it("takes a signature instead of the secret, and a nonce only once", async () => {
    const fields = {
      ...(await signed("requesttoken")),
      grant_type: "authorization_code",
      redirect_uri: redirectUri,
    }
    expect((await call(simulator, "/v2/oauth2", { ...fields, code: await codeFor() })).status).toBe(0)
    expect((await call(simulator, "/v2/oauth2", { ...fields, code: await codeFor() })).status).toBe(503)
    const wrong = { ...(await signed("requesttoken")), signature: "00" }
    expect((await call(simulator, "/v2/oauth2", { ...fields, ...wrong, code: await codeFor() })).status).toBe(
      503,
    )
  })

  it("revokes one client's access with its subscriptions, and gives access to the demo person", async () => {
    const ann = await signIn(simulator, "Ann")
    expect(
      (await call(simulator, "/v2/oauth2", { ...(await signed("revoke")), userid: ann.userid })).status,
    ).toBe(0)
    expect((await devices(ann.access_token)).status).toBe(401)
    expect((await refresh(simulator, ann.refresh_token)).status).toBe(503)
    const demo = await call(simulator, "/v2/oauth2", {
      ...(await signed("getdemoaccess")),
      scope_oauth2: "user.info",
    })
    expect((await devices(demo.body.access_token)).body.devices.length).toBeGreaterThan(3)
    const viaPage = await signIn(simulator, "Ann", { mode: "demo" })
    expect(viaPage.userid).not.toBe(ann.userid)
  })

  it("answers 601 to the 121st request of a client in a minute, and to no other client", async () => {
    const location = await authorize(simulator, { client_id: "other" })
    const code = location.searchParams.get("code") ?? ""
    const { access_token } = await signIn(simulator, "Ann")
    const statuses: Array<number> = []
    for (let count = 0; count < 120; count++) statuses.push((await devices(access_token)).status)
    expect(statuses.filter((status) => status === 0)).toHaveLength(119)
    expect(statuses.at(-1)).toBe(601)
    expect(
      (await redeem(simulator, code, { client_id: "other", client_secret: "other-secret" })).status,
    ).toBe(0)
    clock.pass(60)
    expect((await devices(access_token)).status).toBe(0)
  })
})
