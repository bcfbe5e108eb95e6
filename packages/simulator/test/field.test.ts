import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import {
  allGroups,
  allNights,
  call,
  send,
  signIn,
  startListener,
  subscribe,
  testClock,
  type Envelope,
} from "./client.ts"

/** Rows of an answer, whatever the action calls their list. */
const rowsOf = <T>({ body }: Envelope<unknown>, list: string): ReadonlyArray<T> => {
  const found: unknown = typeof body === "object" && body !== null ? Object.entries(body) : []
  const entries: ReadonlyArray<readonly [string, ReadonlyArray<T>]> = Array.isArray(found) ? found : []
  return entries.find(([name]) => name === list)?.[1] ?? []
}

type Numbers = Readonly<Record<string, number | string | null>>

describe("answers as clients in the field ask for them", () => {
  const clock = testClock()
  let simulator: Simulator
  const tokens = new Map<string, string>()

  beforeAll(async () => {
    simulator = await startSimulator({ now: clock.now, persons: 4, requestsPerMinute: 1_000_000 })
    for (const { name } of simulator.persons) tokens.set(name, (await signIn(simulator, name)).access_token)
  })
  afterAll(() => simulator.close())

  const ask = (person: string, path: string, fields: Record<string, string | number>) =>
    send(simulator, path, fields, tokens.get(person))
  const everything = { startdateymd: "2025-01-01", enddateymd: "2026-03-01" }

  it("gives every field of days and workouts to a client that names none, as Home Assistant", async () => {
    for (const person of ["Ann", "Ben"]) {
      const days = await ask(person, "/v2/measure", { action: "getactivity", ...everything })
      for (const day of rowsOf<Numbers>(days, "activities")) {
        expect(Object.keys(day)).toEqual(
          expect.arrayContaining(["steps", "distance", "elevation", "soft", "moderate", "intense"]),
        )
        expect(Object.keys(day)).toEqual(
          expect.arrayContaining([
            "active",
            "calories",
            "totalcalories",
            "hr_average",
            "hr_min",
            "hr_zone_3",
          ]),
        )
      }
      const workouts = await ask(person, "/v2/measure", { action: "getworkouts", ...everything })
      for (const { data } of rowsOf<{ data: Numbers }>(workouts, "series")) {
        expect(Object.keys(data)).toEqual(
          expect.arrayContaining(["calories", "intensity", "hr_average", "pause_duration", "spo2_average"]),
        )
      }
    }
  })

  it("gives the fifteen recorded fields of a night to a client that names none", async () => {
    const [night] = await allNights(simulator, tokens.get("Ann") ?? "", everything)
    expect(Object.keys(night?.data ?? {})).toHaveLength(15)
    expect(night?.data).toMatchObject({ total_sleep_time: expect.any(Number), waso: expect.any(Number) })
  })

  it("has a Body Scan's nerve scores, doubled masses, a place between the legs and a unit of -4", async () => {
    const groups = await allGroups(simulator, tokens.get("Chloe") ?? "")
    const weighings = groups.filter(({ modelid, measures }) => modelid === 10 && measures.length > 5)
    const typesOf = (index: number) => weighings[index]?.measures.map(({ type }) => type) ?? []
    expect(weighings.length).toBeGreaterThan(100)
    for (const [index] of weighings.entries()) {
      for (const type of [5, 8]) expect(typesOf(index).filter((one) => one === type)).toHaveLength(2)
      expect(typesOf(index)).toEqual(expect.arrayContaining([196, 197, 198]))
    }
    const measures = weighings.flatMap((group) => group.measures)
    expect(measures.map(({ type }) => type)).toEqual(expect.arrayContaining([167, 229]))
    expect(measures.some(({ position }) => position === 6)).toBe(true)
    expect(measures.some(({ unit }) => unit === -4)).toBe(true)
    expect(measures.some(({ algo_params }) => algo_params !== undefined)).toBe(true)
  })

  it("has rows of a minute, and the pulse of a workout in rows of four or five seconds", async () => {
    const workouts = await ask("Ann", "/v2/measure", { action: "getworkouts", ...everything })
    const workout = rowsOf<{ startdate: number; enddate: number; data: Numbers }>(workouts, "series").find(
      ({ data }) => data["hr_average"] !== null,
    )
    const range = { startdate: workout?.startdate ?? 0, enddate: workout?.enddate ?? 0 }
    const intraday = await call(
      simulator,
      "/v2/measure",
      { action: "getintradayactivity", ...range },
      tokens.get("Ann"),
    )
    const rows: ReadonlyArray<Numbers> = Object.values({ ...intraday.body.series })
    const durations = new Set(rows.map((row) => row["duration"]))
    expect([...durations].toSorted()).toEqual([4, 5, 60])
    expect(rows.filter((row) => Number(row["duration"]) < 60).every((row) => !("steps" in row))).toBe(true)
    expect(rows.filter((row) => "steps" in row).every((row) => row["duration"] === 60)).toBe(true)
  })

  it("has minutes that add up to the steps of the day", async () => {
    const date = "2026-02-20"
    const days = await ask("Ann", "/v2/measure", {
      action: "getactivity",
      startdateymd: date,
      enddateymd: date,
    })
    const from = Date.parse(`${date}T00:00:00+01:00`) / 1000
    const fields = { action: "getintradayactivity", startdate: from, enddate: from + 86_399 } as const
    const { body } = await call(simulator, "/v2/measure", fields, tokens.get("Ann"))
    const rows: ReadonlyArray<Numbers> = Object.values({ ...body.series })
    const walked = rows.reduce((sum, row) => sum + Number(row["steps"] ?? 0), 0)
    expect(walked).toBe(rowsOf<Numbers>(days, "activities")[0]?.["steps"])
  })

  it("answers an empty object where nothing was counted", async () => {
    const fields = { action: "getintradayactivity", startdate: 1_000_000_000, enddate: 1_000_086_400 }
    expect((await ask("Ann", "/v2/measure", fields)).body).toEqual({ series: {} })
  })

  it("has days of a telephone without model and pulse", async () => {
    const days = rowsOf<Numbers>(
      await ask("Ben", "/v2/measure", { action: "getactivity", ...everything }),
      "activities",
    )
    const unnamed = days.filter(({ modelid }) => modelid === -1)
    expect(unnamed.length).toBeGreaterThan(10)
    for (const day of unnamed) expect(day).toMatchObject({ model: null, hr_average: 0, hr_max: 0, brand: 18 })
  })

  it("prints the floats of a watch's workouts like PHP, and unknown values as null", async () => {
    const series = rowsOf<{ data: Numbers }>(
      await ask("Ann", "/v2/measure", { action: "getworkouts", ...everything }),
      "series",
    )
    const calories = series.map(({ data }) => String(data["calories"]))
    expect(calories.some((text) => /\.\d{9,}$/.test(text))).toBe(true)
    expect(series.some(({ data }) => data["elevation"] === null && data["manual_distance"] === null)).toBe(
      true,
    )
  })

  it("has nights that end in bed, without an event of getting up", async () => {
    const asked = { ...everything, data_fields: "night_events" }
    const nights = await allNights(simulator, tokens.get("Ann") ?? "", asked)
    const lastOf = (events: Record<string, ReadonlyArray<number>>, kind: string) =>
      Math.max(...(events[kind] ?? []))
    const endingInBed = nights.filter(({ data }) => {
      const events: Record<string, ReadonlyArray<number>> = JSON.parse(String(data["night_events"]))
      return lastOf(events, "1") > lastOf(events, "4")
    })
    expect(endingInBed.length).toBeGreaterThan(2)
  })

  it("has a BPM Core: blood pressure, curve and sound of the heart in one recording", async () => {
    const { body } = await call(simulator, "/v2/heart", { action: "list" }, tokens.get("David"))
    expect(body.series.length).toBeGreaterThan(100)
    for (const record of body.series) {
      expect(record).toMatchObject({ model: 44, bloodpressure: { systole: expect.any(Number) } })
    }
    const sounds = body.series.flatMap(({ stetho }) => (stetho ? [stetho] : []))
    const listed = await call(simulator, "/v2/stetho", { action: "list" }, tokens.get("David"))
    expect(listed.body.series.map(({ signalid }) => signalid)).toEqual(
      expect.arrayContaining(sounds.map(({ signalid }) => signalid)),
    )
    const [{ signalid } = { signalid: 0 }] = sounds
    const sound = await call(simulator, "/v2/stetho", { action: "get", signalid }, tokens.get("David"))
    expect(sound.body).toMatchObject({ model: 44, frequency: 4000, vhd: expect.any(Number) })
    expect(sound.body.signal.every((byte) => byte >= 0 && byte <= 255)).toBe(true)
    const ecg = body.series[0]?.ecg?.signalid ?? 0
    const curve = await call(simulator, "/v2/heart", { action: "get", signalid: ecg }, tokens.get("David"))
    expect(curve.body).toMatchObject({ sampling_frequency: 500 })
    expect(curve.body.signal).toHaveLength(10_000)
  })

  it("has a ScanWatch 2: nights with a core temperature, workouts with one and an entered intensity", async () => {
    const fields = "core_body_temperature_avg,core_body_temperature_status"
    const asked = { ...everything, data_fields: fields }
    const nights = await allNights(simulator, tokens.get("Chloe") ?? "", asked)
    const felt = nights.filter(({ data }) => data["core_body_temperature_avg"] !== null)
    expect(felt.length).toBeGreaterThan(20)
    for (const night of felt) expect(night).toMatchObject({ completed: true, model: 16 })
    const workouts = rowsOf<{ data: Numbers }>(
      await ask("Chloe", "/v2/measure", { action: "getworkouts", ...everything }),
      "series",
    )
    expect(workouts.every(({ data }) => Number(data["core_body_temperature_avg"]) > 35)).toBe(true)
    expect(workouts.some(({ data }) => data["manual_intensity"] === 50)).toBe(true)
  })

  it("has a mat without a name", async () => {
    const { body } = await call(simulator, "/v2/user", { action: "getdevice" }, tokens.get("David"))
    expect(body.devices).toContainEqual(
      expect.objectContaining({ type: "Sleep Monitor", model: "", model_id: 13 }),
    )
  })
})

describe("an application that may link few persons", () => {
  it("cannot link one more person, but those already linked again", async () => {
    const simulator = await startSimulator({ persons: 3, years: 0.1, linkedUsers: 2 })
    await signIn(simulator, "Ann")
    await signIn(simulator, "Ben")
    await expect(signIn(simulator, "Chloe")).rejects.toThrow(/2555/)
    await signIn(simulator, "Ann")
    await simulator.faults.revokeConsent("Ben")
    await signIn(simulator, "Chloe")
    await simulator.close()
  })
})

describe("news of an act", () => {
  const clock = testClock()
  let simulator: Simulator
  let listener: Awaited<ReturnType<typeof startListener>>

  beforeEach(async () => {
    simulator = await startSimulator({ now: clock.now, years: 1 })
    listener = await startListener()
    const { access_token } = await signIn(simulator, "Ann")
    for (const appli of [1, 4, 16, 44, 54]) await subscribe(simulator, access_token, listener.url, appli)
  })
  afterEach(async () => {
    await simulator.close()
    await listener.close()
  })

  it("comes once, also when time passes afterwards", async () => {
    const weighed = await simulator.weigh("Ann", 70)
    await simulator.recordEcg("Ann")
    await simulator.workOut("Ann", 1, 30)
    const told = listener.heard.map(({ fields }) => `${fields["appli"]} ${fields["startdate"] ?? ""}`)
    expect(told).toHaveLength(3)
    await simulator.advance(60)
    await simulator.advance(3600)
    const now = listener.heard.map(({ fields }) => `${fields["appli"]} ${fields["startdate"] ?? ""}`)
    expect(now.filter((one) => one === `1 ${weighed.date}`)).toHaveLength(1)
    expect(now.filter((one) => one.startsWith("54 "))).toHaveLength(1)
  })

  it("comes once of a night that someone slept on demand", async () => {
    await simulator.goToBed("Ann")
    clock.pass(7 * 3600)
    await simulator.getUp("Ann")
    const nights = () => listener.heard.filter(({ fields }) => fields["appli"] === "44").length
    const before = nights()
    expect(before).toBe(1)
    await simulator.advance(60)
    expect(nights()).toBe(before)
  })
})
