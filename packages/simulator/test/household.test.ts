import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startSimulator, type MeasureGroup, type Simulator } from "@withings-bridge/simulator"
import { allDays, allGroups, allNights, call, signIn, testClock } from "./client.ts"

const unlimited = { requestsPerMinute: 1_000_000 }

describe("the household", () => {
  const clock = testClock()
  let simulator: Simulator
  let token: string
  let groups: Array<MeasureGroup>

  beforeAll(async () => {
    simulator = await startSimulator({ now: clock.now, persons: 4, ...unlimited })
    token = (await signIn(simulator, "Ann")).access_token
    groups = await allGroups(simulator, token)
  })
  afterAll(() => simulator.close())

  it("is the same for the same seed and another one for another seed", async () => {
    const groupsOf = async (seed: string) => {
      const other = await startSimulator({ now: clock.now, persons: 4, seed, ...unlimited })
      const found = await allGroups(other, (await signIn(other, "Ann")).access_token)
      await other.close()
      return found
    }
    expect(await groupsOf("withings")).toEqual(groups)
    expect(await groupsOf("another")).not.toEqual(groups)
  })

  it("is the same at any hour: an hour later, it only knows more", async () => {
    const known = async (hour: number) => {
      const time = new Date(Date.UTC(2026, 2, 1, hour)).toISOString()
      const other = await startSimulator({ time, years: 0.2, persons: 4, ...unlimited })
      const at = Math.floor(other.now() / 1000)
      const found: Array<MeasureGroup> = []
      for (const { name } of other.persons)
        found.push(...(await allGroups(other, (await signIn(other, name)).access_token)))
      await other.close()
      return { at, groups: found.toSorted((one, next) => one.grpid - next.grpid) }
    }
    const latest = await known(23)
    for (const hour of [0, 3, 7, 13, 15, 20]) {
      const earlier = await known(hour)
      expect(earlier.groups).toEqual(latest.groups.filter(({ created }) => created <= earlier.at))
    }
  })

  it("starts at the time it is given, whatever the real time is, and refuses what is no time", async () => {
    const other = await startSimulator({ time: "2024-02-29T06:00:00+01:00", years: 0.1 })
    expect(new Date(other.now()).toISOString()).toMatch(/^2024-02-29T05:00:0/)
    await other.close()
    await expect(startSimulator({ time: "tomorrow" })).rejects.toThrow(/has to be one like 2026-03-01T07:30/)
  })

  it("holds as much as its pages give, without any row twice", async () => {
    const real = groups.filter((group) => group.category === 1)
    const ids = new Set(groups.map((group) => group.grpid))
    expect(ids.size).toBe(groups.length)
    expect(simulator.counts("Ann")).toMatchObject({
      groups: real.length,
      measures: real.reduce((sum, group) => sum + group.measures.length, 0),
    })
    expect(real.length).toBeGreaterThan(2000)
  })

  it("answers lists in no order of time, but the same at every call", async () => {
    const dates = groups.map((group) => group.date)
    expect(dates).not.toEqual(dates.toSorted((one, other) => one - other))
    expect(dates).not.toEqual(dates.toSorted((one, other) => other - one))
    expect(await allGroups(simulator, token)).toEqual(groups)
  })

  it("leaves more and offset out when getmeas is complete", async () => {
    const first = await call(simulator, "/measure", { action: "getmeas" }, token)
    expect(first.body).toMatchObject({ more: 1, offset: 300 })
    const now = Math.floor(clock.at / 1000)
    const last = await call(simulator, "/measure", { action: "getmeas", lastupdate: now - 1 }, token)
    expect(Object.keys(last.body).toSorted()).toEqual(["measuregrps", "timezone", "updatetime"])
  })

  it("narrows groups to the types, the dates and the category that were asked for", async () => {
    const weights = await allGroups(simulator, token, { meastypes: "1,6", category: 1 })
    expect(new Set(weights.flatMap((group) => group.measures.map(({ type }) => type)))).toEqual(
      new Set([1, 6]),
    )
    const from = groups[10]?.date ?? 0
    const dated = await allGroups(simulator, token, { startdate: from, enddate: from + 86_400 })
    expect(dated).toEqual(groups.filter((group) => group.date >= from && group.date <= from + 86_400))
    const objectives = await allGroups(simulator, token, { category: 2 })
    expect(objectives.length).toBeGreaterThan(1)
    expect(objectives.every((group) => group.category === 2)).toBe(true)
  })

  it("gives exactly what changed since a moment", async () => {
    const since = groups.map((group) => group.modified).toSorted((one, other) => other - one)[100] ?? 0
    const delta = await allGroups(simulator, token, { lastupdate: since })
    expect(delta).toEqual(groups.filter((group) => group.modified > since))
  })

  it("has what real answers have: ambiguous, manual, late, edited and numbers outside of the tables", async () => {
    const attribs = new Set(groups.map((group) => group.attrib))
    expect([0, 1, 2, 4, 5, 8, 10, 17].filter((attrib) => !attribs.has(attrib))).toEqual([])
    expect(groups.some((group) => group.deviceid === null && group.attrib === 2)).toBe(true)
    expect(groups.some((group) => group.created - group.date > 86_400)).toBe(true)
    expect(groups.some((group) => group.modified > group.created)).toBe(true)
    expect(groups.some((group) => group.measures.some(({ position }) => position === 7))).toBe(true)
    expect(
      new Set(groups.filter(({ model }) => model?.startsWith("Body")).map(({ deviceid }) => deviceid)).size,
    ).toBe(2)
  })

  it("gives an ambiguous weighing to both who share the scale", async () => {
    const ben = await allGroups(simulator, (await signIn(simulator, "Ben")).access_token)
    const ambiguous = (list: Array<MeasureGroup>) =>
      list
        .filter((group) => group.attrib === 1)
        .map(({ date, measures }) => ({ date, weight: measures[0]?.value }))
    const byDate = (one: { date: number }, other: { date: number }) => one.date - other.date
    expect(ambiguous(groups).length).toBeGreaterThan(2)
    expect(ambiguous(ben).toSorted(byDate)).toEqual(ambiguous(groups).toSorted(byDate))
  })

  it("has nights whose summary agrees with their stages, also when clocks change", async () => {
    const fields = "total_sleep_time,lightsleepduration,night_events,apnea_hypopnea_index"
    const ask = {
      action: "getsummary",
      startdateymd: "2025-03-20",
      enddateymd: "2025-04-05",
      data_fields: fields,
    }
    const nights = await allNights(simulator, token, ask)
    const changed = nights.find((night) => night.date === "2025-03-30")
    expect(changed).toMatchObject({ timezone: "Europe/Paris" })
    for (const night of nights) {
      const { body } = await call(
        simulator,
        "/v2/sleep",
        { action: "get", startdate: night.startdate, enddate: night.enddate },
        token,
      )
      const light = body.series
        .filter((stage) => stage.state === 1)
        .reduce((sum, stage) => sum + stage.enddate - stage.startdate, 0)
      expect(light).toBe(night.data["lightsleepduration"])
      expect(JSON.parse(String(night.data["night_events"]))["1"][0]).toBe(0)
      const local = new Date(night.enddate * 1000).toLocaleDateString("en-CA", { timeZone: night.timezone })
      expect(night.date).toBe(local)
    }
  })

  it("has nights with the -1 of a value that could not be made, and rows of another time zone", async () => {
    const ask = { lastupdate: 0, data_fields: "apnea_hypopnea_index" }
    const nights = await allNights(simulator, token, ask)
    expect(nights.some((night) => night.data["apnea_hypopnea_index"] === -1)).toBe(true)
    expect(nights.some((night) => night.modified === night.created - 1)).toBe(true)
    const chloe = (await signIn(simulator, "Chloe")).access_token
    const days = await allDays(simulator, chloe, { startdateymd: "2025-01-01", enddateymd: "2026-01-01" })
    expect(new Set(days.map((day) => day.timezone))).toContain("America/New_York")
    expect(new Set([...nights, ...days].map((row) => row.timezone)).size).toBeGreaterThan(1)
  })

  it("cuts intraday activity and sleep at 24 hours", async () => {
    const now = Math.floor(clock.at / 1000)
    const range = { startdate: now - 5 * 86_400, enddate: now }
    const intraday = await call(simulator, "/v2/measure", { action: "getintradayactivity", ...range }, token)
    const epochs = Object.keys(intraday.body.series).map(Number)
    expect(epochs.length).toBeGreaterThan(20)
    expect(Math.max(...epochs)).toBeLessThanOrEqual(range.startdate + 86_400)
    const sleep = await call(simulator, "/v2/sleep", { action: "get", ...range, data_fields: "hr,rr" }, token)
    expect(sleep.body.series.every((stage) => stage.startdate < range.startdate + 86_400)).toBe(true)
    expect(Object.keys(sleep.body.series[0]?.hr ?? {}).length).toBeGreaterThan(0)
  })

  it("gives an ECG's signal: 30 s at 300 Hz", async () => {
    const { body } = await call(simulator, "/v2/heart", { action: "list" }, token)
    const signalid = body.series[0]?.ecg?.signalid ?? 0
    const ecg = await call(simulator, "/v2/heart", { action: "get", signalid }, token)
    expect(ecg.body).toMatchObject({ sampling_frequency: 300, wearposition: 1 })
    expect(ecg.body.signal).toHaveLength(9000)
    expect(Math.max(...ecg.body.signal)).toBeGreaterThan(800)
  })
})

describe("what happens in the household", () => {
  const clock = testClock()
  let simulator: Simulator
  let token: string

  beforeAll(async () => {
    simulator = await startSimulator({ now: clock.now, years: 1, ...unlimited })
  })
  beforeEach(async () => {
    token = (await signIn(simulator, "Ann")).access_token
  })
  afterAll(() => simulator.close())

  const changedSince = (lastupdate: number) => allGroups(simulator, token, { lastupdate })
  const now = () => Math.floor(clock.at / 1000)

  it("comes with the next delta, also twice within a second", async () => {
    const before = now()
    const first = await simulator.weigh("Ann", 72.4)
    const second = await simulator.measureBloodPressure("Ann", { systolic: 121, diastolic: 78, pulse: 62 })
    expect((await changedSince(before)).map(({ grpid }) => grpid).toSorted()).toEqual([
      first.grpid,
      second.grpid,
    ])
    expect(first.measures[0]).toMatchObject({ type: 1, value: 72_400, unit: -3 })
    expect((await changedSince(second.modified)).map(({ grpid }) => grpid)).toEqual([])
  })

  it("edits with a later modified, and deletes without a trace", async () => {
    const group = await simulator.weigh("Ann", 73)
    clock.pass(60)
    const edited = await simulator.editWeight("Ann", group.grpid, 71)
    expect(edited.modified).toBeGreaterThan(group.modified)
    const [changed] = await changedSince(group.modified)
    expect(changed).toMatchObject({ grpid: group.grpid, date: group.date })
    expect(changed?.measures[0]?.value).toBe(71_000)
    await simulator.deleteMeasure("Ann", group.grpid)
    expect((await allGroups(simulator, token)).some(({ grpid }) => grpid === group.grpid)).toBe(false)
    await expect(simulator.deleteMeasure("Ann", group.grpid)).rejects.toThrow(/no measure group/)
  })

  it("stores a night only after an hour in bed", async () => {
    const before = simulator.counts("Ann").nights
    await simulator.goToBed("Ann")
    clock.pass(600)
    await simulator.getUp("Ann")
    expect(simulator.counts("Ann").nights).toBe(before)
    await simulator.goToBed("Ann")
    clock.pass(7 * 3600)
    await simulator.getUp("Ann")
    expect(simulator.counts("Ann").nights).toBe(before + 1)
  })

  it("adds walked steps to today", async () => {
    const { date, steps } = await simulator.walk("Ann", 500)
    const again = await simulator.walk("Ann", 500)
    expect(again.steps).toBe(steps + 500)
    const ask = { startdateymd: date, enddateymd: date, data_fields: "steps" }
    const [today] = await allDays(simulator, token, ask)
    expect(today).toMatchObject({ date, steps: again.steps })
    expect((await simulator.workOut("Ann", 2, 40)).data["steps"]).toBeGreaterThan(1000)
  })

  it("changes devices: battery, exchange, removal, addition", async () => {
    const devices = async () =>
      (await call(simulator, "/v2/user", { action: "getdevice" }, token)).body.devices
    const [scale] = await devices()
    if (!scale) throw new Error("Ann has no scale.")
    await simulator.setBattery(scale.deviceid, "low")
    expect((await devices())[0]).toMatchObject({ deviceid: scale.deviceid, battery: "low" })
    const next = await simulator.replaceDevice(scale.deviceid)
    expect((await devices())[0]).toMatchObject({ deviceid: next.deviceid, model: scale.model })
    expect((await simulator.weigh("Ann", 70)).deviceid).toBe(next.deviceid)
    await simulator.unlinkDevice(next.deviceid)
    expect((await devices()).some(({ type }) => type === "Scale")).toBe(false)
    await simulator.addDevice("Ann", { type: "Smart Toaster", model: "Toast", model_id: 4711 })
    expect((await devices()).at(-1)).toMatchObject({ model_id: 4711 })
    await expect(simulator.setBattery("nothing", "low")).rejects.toThrow(/No device has the id/)
  })

  it("lives on when time passes", async () => {
    const before = simulator.counts("Ben")
    await simulator.advance(14 * 86_400)
    const after = simulator.counts("Ben")
    expect(after.groups - before.groups).toBeGreaterThan(8)
    expect(after.nights - before.nights).toBeGreaterThan(8)
    expect(after.days - before.days).toBe(14)
  })

  it("keeps what was done over a restart when it has a file", async () => {
    const { mkdtempSync, rmSync, statSync } = await import("node:fs")
    const { tmpdir } = await import("node:os")
    const { join } = await import("node:path")
    const folder = mkdtempSync(join(tmpdir(), "simulator-"))
    const stateFile = join(folder, "state.json")
    const options = { now: clock.now, years: 1, stateFile }
    const first = await startSimulator(options)
    const signedIn = await signIn(first, "Ann")
    const weighed = await first.weigh("Ann", 66.6)
    const counted = first.counts("Ann")
    await first.close()
    expect(statSync(stateFile).mode & 0o077).toBe(0)
    const second = await startSimulator(options)
    expect(second.counts("Ann")).toEqual(counted)
    const groups = await allGroups(second, signedIn.access_token)
    expect(groups.find(({ grpid }) => grpid === weighed.grpid)).toEqual(weighed)
    expect((await second.weigh("Ann", 66.7)).grpid).not.toBe(weighed.grpid)
    await second.close()
    await expect(startSimulator({ ...options, seed: "other" })).rejects.toThrow(/another household/)
    rmSync(folder, { recursive: true })
  })
})
