import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { call, signIn, startListener, subscribe, testClock, type Fields, type Tokens } from "./client.ts"

describe("webhooks", () => {
  const clock = testClock()
  let simulator: Simulator
  let listener: Awaited<ReturnType<typeof startListener>>
  let ann: Tokens

  beforeEach(async () => {
    simulator = await startSimulator({ now: clock.now, years: 1 })
    listener = await startListener()
    ann = await signIn(simulator, "Ann")
  })
  afterEach(async () => {
    await simulator.close()
    await listener.close()
  })

  const follow = (...applis: ReadonlyArray<number>) =>
    Promise.all(applis.map((appli) => subscribe(simulator, ann.access_token, listener.url, appli)))
  const fields = () => listener.heard.map((one) => one.fields)
  const notify = <A extends "list" | "get" | "update" | "revoke">(
    parameters: Fields & { readonly action: A },
  ) => call(simulator, "/notify", parameters, ann.access_token)

  it("sends each kind of news as a form with the fields of its kind", async () => {
    await follow(1, 2, 4, 16, 44, 50, 51, 52, 54)
    const userid = String(ann.userid)
    const date = String(Math.floor(clock.at / 1000))
    const end = String(Number(date) + 1)
    await simulator.weigh("Ann", 70)
    await simulator.takeTemperature("Ann", 37)
    await simulator.measureBloodPressure("Ann", { systolic: 120, diastolic: 80, pulse: 60 })
    await simulator.walk("Ann", 100)
    await simulator.recordEcg("Ann")
    const { deviceid } = await simulator.goToBed("Ann")
    clock.pass(7 * 3600)
    await simulator.getUp("Ann")
    const up = String(Math.floor(clock.at / 1000))
    expect(fields()).toEqual([
      { userid, appli: "1", startdate: date, enddate: end },
      { userid, appli: "2", startdate: date, enddate: end },
      { userid, appli: "4", startdate: date, enddate: end },
      { userid, appli: "16", date: "2026-03-01" },
      { userid, appli: "54", startdate: date, enddate: end },
      { userid, appli: "50", deviceid, date },
      { userid, appli: "51", deviceid, date: up },
      { userid, appli: "44", startdate: date, enddate: up },
    ])
    expect(listener.heard.every(({ method }) => method === "POST")).toBe(true)
  })

  it("sends no news about another person, and none that was not asked for", async () => {
    await follow(50)
    await simulator.goToBed("Ben")
    await simulator.weigh("Ann", 70)
    expect(fields()).toEqual([])
  })

  it("answers 293 when the address does not answer HEAD, or is none that the real cloud takes", async () => {
    listener.headStatus = 404
    expect(await subscribe(simulator, ann.access_token, listener.url, 1)).toMatchObject({ status: 293 })
    expect(await subscribe(simulator, ann.access_token, "http://127.0.0.1:1/", 1)).toMatchObject({
      status: 293,
    })
    expect(await subscribe(simulator, ann.access_token, "not an address", 1)).toMatchObject({ status: 293 })
    const strict = await startSimulator({ strictCallbacks: true })
    const { access_token } = await signIn(strict, "Ann")
    listener.headStatus = 200
    expect(await subscribe(strict, access_token, listener.url, 1)).toMatchObject({ status: 293 })
    await strict.close()
  })

  it("lists, gets, updates and revokes subscriptions", async () => {
    await follow(1, 50)
    const callbackurl = listener.url
    expect((await notify({ action: "list" })).body.profiles).toEqual([
      { appli: 1, callbackurl, comment: "", expires: 2_147_483_647 },
      { appli: 50, callbackurl, comment: "", expires: 2_147_483_647 },
    ])
    expect((await notify({ action: "list", appli: 50 })).body.profiles).toHaveLength(1)
    await notify({ action: "update", callbackurl, appli: 1, comment: "mine" })
    expect((await notify({ action: "get", callbackurl })).body).toMatchObject({ appli: 1, comment: "mine" })
    await notify({ action: "update", callbackurl, appli: 1, new_appli: 4 })
    expect((await notify({ action: "get", callbackurl, appli: 1 })).status).toBe(503)
    expect((await notify({ action: "revoke", callbackurl, appli: 4 })).status).toBe(0)
    expect((await notify({ action: "revoke", callbackurl })).status).toBe(0)
    expect((await notify({ action: "list" })).body.profiles).toEqual([])
    expect((await notify({ action: "revoke", callbackurl })).status).toBe(503)
  })

  it("tries twice at once, then after 10 s, 1 min, 1 h and 4 h, then never again", async () => {
    await follow(52)
    listener.status = 500
    await simulator.inflateMat("Ann")
    await simulator.advance(0)
    const triesAfter = async (seconds: number): Promise<number> => {
      await simulator.advance(seconds)
      await simulator.advance(0)
      return listener.heard.length
    }
    expect(listener.heard).toHaveLength(2)
    expect(await triesAfter(9)).toBe(2)
    expect(await triesAfter(1)).toBe(4)
    expect(await triesAfter(60)).toBe(6)
    expect(await triesAfter(3600)).toBe(8)
    expect(await triesAfter(4 * 3600)).toBe(10)
    expect(await triesAfter(86_400)).toBe(10)
    expect(simulator.deliveries.at(-1)).toMatchObject({ outcome: "given up", tries: 10 })
    listener.status = 200
    await simulator.inflateMat("Ann")
    expect(listener.heard).toHaveLength(11)
  })

  it("forgets a subscriber that never answers, after twenty days", async () => {
    await follow(52)
    listener.status = 500
    await simulator.inflateMat("Ann")
    for (let day = 0; day < 21; day++) await simulator.advance(86_400)
    const { access_token } = await signIn(simulator, "Ann")
    const list = () => call(simulator, "/notify", { action: "list" }, access_token)
    expect((await list()).body.profiles).toHaveLength(1)
    await simulator.inflateMat("Ann")
    expect((await list()).body.profiles).toEqual([])
    expect(simulator.deliveries.at(-1)).toMatchObject({ outcome: "cancelled" })
  })

  it("loses, delays, doubles, reorders and replays when asked to", async () => {
    await follow(50, 51, 44, 52)
    const { faults } = simulator
    await faults.loseWebhook()
    await simulator.inflateMat("Ann")
    expect(fields()).toEqual([])
    await faults.delayWebhook(30)
    await simulator.inflateMat("Ann")
    await simulator.advance(29)
    expect(fields()).toEqual([])
    await simulator.advance(1)
    expect(fields()).toHaveLength(1)
    await faults.clear()
    await faults.duplicateWebhooks()
    await simulator.inflateMat("Ann")
    expect(fields()).toHaveLength(3)
    await faults.duplicateWebhooks(false)
    await faults.replayWebhook()
    expect(fields().at(-1)).toEqual(fields().at(-2))
    await simulator.goToBed("Ann")
    clock.pass(7 * 3600)
    await faults.reverseWebhooks()
    const before = listener.heard.length
    await simulator.getUp("Ann")
    const applis = fields()
      .slice(before)
      .map(({ appli }) => appli)
    expect(applis).toEqual(["44", "51"])
  })

  it("notifies the application when the account is unlinked, and ends its access", async () => {
    await follow(46)
    await simulator.unlinkAccount("Ann")
    expect(fields()).toEqual([{ userid: String(ann.userid), appli: "46", action: "unlink" }])
    expect((await call(simulator, "/v2/user", { action: "getdevice" }, ann.access_token)).status).toBe(401)
  })
})
