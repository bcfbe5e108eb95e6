import { clockText } from "../../measure/timeOfDay.ts"
import { describe, expect, it } from "vitest"
import { PersonId } from "../../measure/Person.ts"
import { localMidnight } from "./localTime.ts"
import { toDay } from "./toDay.ts"
import { toDevices } from "./toDevice.ts"
import { toGoals } from "./toGoals.ts"
import { toNight } from "./toNight.ts"
import { toWorkout } from "./toWorkout.ts"

const values = (measures: ReadonlyArray<{ kind: string; value: number }>) =>
  Object.fromEntries(measures.map(({ kind, value }) => [kind, value]))

const night = (more: object = {}) => ({
  id: 7,
  timezone: "Europe/Paris",
  startdate: 1618259408,
  enddate: 1618286877,
  modified: 1618287000,
  hash_deviceid: "mat",
  data: {
    sleep_score: 58,
    hr_average: 0,
    apnea_hypopnea_index: -1,
    snoring: 0,
    waso: null,
    rr_min: 10,
    later: 1,
  },
  ...more,
})

describe("toNight", () => {
  it("reads what was measured: no sentinel, no null, no heart rate of zero", () => {
    const { measures, newestModified } = toNight(PersonId("p"), [night()])
    expect(values(measures)).toEqual({
      "sleep-score": 58,
      "sleep-snoring-duration": 0,
      "sleep-respiration-rate-min": 10,
      bedtime: 81_008,
      "wake-up-time": 22_077,
    })
    expect(measures[0]).toMatchObject({ at: 1618286877, deviceId: "mat", group: "7", source: "night" })
    expect(newestModified).toBe(1618287000)
  })

  it("tells when a night began and ended by the clock of its place, also on the night when clocks change", () => {
    const times = (more: object) => {
      const { bedtime, "wake-up-time": wakeUp } = values(toNight(PersonId("p"), [night(more)]).measures)
      return [bedtime, wakeUp].map((time) => (time === undefined ? null : clockText(time)))
    }
    const timezone = "Europe/Paris"
    // 2026-03-28 23:30 in Paris; at 2:00 it is 3:00.
    const evening = 1_774_737_000
    expect(times({ timezone, startdate: evening, enddate: evening + 7 * 3600 })).toEqual(["23:30", "07:30"])
    expect(times({ timezone: "America/New_York", startdate: evening, enddate: evening + 7 * 3600 })).toEqual([
      "18:30",
      "01:30",
    ])
    expect(times({ timezone: "Nowhere/Land" })).toEqual([null, null])
    // A nap is no bedtime, and a night without any figure tells nothing.
    expect(times({ timezone, startdate: evening - 10 * 3600, enddate: evening - 9 * 3600 })).toEqual([
      null,
      null,
    ])
    expect(times({ timezone, data: {} })).toEqual([null, null])
  })

  it("calls a short sleep in daylight a nap", () => {
    const noon = 1618221600
    expect(
      toNight(PersonId("p"), [night({ startdate: noon, enddate: noon + 3600 })]).measures[0]?.kind,
    ).toMatch(/^nap-/)
    const late = noon + 12 * 3600
    expect(
      toNight(PersonId("p"), [night({ startdate: late, enddate: late + 3600 })]).measures[0]?.kind,
    ).toMatch(/^sleep-/)
  })

  it("numbers the words of a temperature's status", () => {
    const data = { core_body_temperature_status: "elevated", core_body_temperature_avg: 36.6 }
    expect(values(toNight(PersonId("p"), [night({ data })]).measures)).toEqual({
      "sleep-core-temperature-average": 36.6,
      "sleep-core-temperature-status": 2,
      bedtime: 81_008,
      "wake-up-time": 22_077,
    })
  })

  it("tells the last move out of bed or into it at its own moment", () => {
    const start = 1618259408
    const moveOf = (night_events: unknown) =>
      toNight(PersonId("p"), [night({ data: { night_events } })]).measures.map(({ kind, at, value }) => [
        kind,
        at - start,
        value,
      ])
    const nightly = '{"1":[0],"2":[1080],"3":[27300],"4":[9000,27400]}'
    expect(moveOf(nightly)).toEqual([["sleep-bed-move", 27400, 0]])
    expect(moveOf(JSON.parse(nightly))).toEqual([["sleep-bed-move", 27400, 0]])
    // Recorded: "in bed" 70 minutes before the night's end, and nothing after it.
    expect(moveOf('{"1":[0,23300],"4":[23000]}')).toEqual([["sleep-bed-move", 27469, 0]])
    expect(moveOf('{"1":[0,27469],"4":[27000]}')).toEqual([["sleep-bed-move", 27469, 1]])
    for (const silent of ["", "[]", "{}", '{"1":[0]}', '{"4":["x",1e15,-1]}', "{", null, 4])
      expect(moveOf(silent)).toEqual([])
  })

  it("has nothing to say of a night that goes on", () => {
    const end = 1618286877
    expect(toNight(PersonId("p"), [night({ completed: false })])).toEqual({
      measures: [],
      skipped: [],
      newestModified: 0,
    })
    expect(toNight(PersonId("p"), [night({ modified: null })], end - 1).measures).toEqual([])
    expect(toNight(PersonId("p"), [night()], end).measures.length).toBe(5)
    // The clock here is late: Withings stored the night after its end.
    expect(toNight(PersonId("p"), [night({ modified: end + 60 })], end - 7200).measures.length).toBe(5)
  })

  it("skips a night without an end", () => {
    expect(toNight(PersonId("p"), [night({ enddate: null }), 3]).skipped).toEqual([
      { record: "7", reason: "has no enddate" },
      { record: "?", reason: "is not an object" },
    ])
  })
})

describe("a night that cannot be", () => {
  const now = 1_700_000_000
  it.each([
    [{ startdate: -1e15 }, "has no startdate between 1990 and two days from now"],
    [{ enddate: 1e17 }, "has no enddate between 1990 and two days from now"],
    [{ startdate: 1618286878 }, "ends before it begins"],
    [{ id: "a\u0000b" }, "has no id that is plain text"],
    [{ id: "\ud800" }, "has no id that is plain text"],
  ])("is skipped: %j", (more, reason) => {
    const { measures, skipped } = toNight(PersonId("p"), [night(more), night({ id: 8 })], now)
    expect(skipped.map((one) => one.reason)).toEqual([reason])
    expect(new Set(measures.map(({ group }) => group))).toEqual(new Set(["8"]))
  })

  it("never says that it was changed after the present", () => {
    expect(toNight(PersonId("p"), [night({ modified: 4_102_444_800 })], now).newestModified).toBe(1618286877)
  })
})

describe("toDay", () => {
  it("counts from local midnight", () => {
    const day = {
      date: "2023-10-20",
      timezone: "Europe/Amsterdam",
      modified: 9,
      steps: 1209,
      hr_average: 0,
      deviceid: null,
    }
    const { measures } = toDay(PersonId("p"), [day])
    expect(measures).toMatchObject([
      { kind: "steps", value: 1209, at: 1697752800, group: "2023-10-20", deviceId: null },
    ])
  })
})

describe("toWorkout", () => {
  it("keeps its category and how long it took", () => {
    const workout = {
      id: 1,
      category: 564,
      startdate: 1_600_000_000,
      enddate: 1_600_000_030,
      modified: 3,
      attrib: 2,
      data: { calories: 47 },
    }
    const { measures } = toWorkout(PersonId("p"), [workout])
    expect(values(measures)).toEqual({
      "workout-category": 564,
      "workout-duration": 30,
      "workout-calories": 47,
    })
    expect(measures[0]?.attribution).toBe("manual")
  })
})

describe("toGoals", () => {
  it("reads those that are set", () => {
    expect(values(toGoals(PersonId("p"), { goals: { weight: { value: 70500, unit: -3 } } }, 1))).toEqual({
      "goal-weight": 70.5,
    })
    expect(toGoals(PersonId("p"), { goals: [] }, 1)).toEqual([])
  })
})

describe("toDevices", () => {
  it("lists a device once, as it was used last, whatever its type", () => {
    const device = (more: object) => ({
      type: "Futuristic",
      model: null,
      model_id: 63,
      deviceid: "a",
      battery: "low",
      ...more,
    })
    const devices = toDevices(PersonId("p"), {
      devices: [
        device({ last_session_date: 1_600_000_002 }),
        device({ last_session_date: 1_600_000_001, battery: "high" }),
        {},
      ],
    })
    expect(devices).toEqual([
      {
        personId: "p",
        id: "a",
        type: "Futuristic",
        model: "Aura Sensor V2",
        modelId: 63,
        battery: "low",
        timezone: null,
        firstSession: null,
        lastSession: 1_600_000_002,
        linked: true,
      },
    ])
  })
})

describe("the name of a device", () => {
  const modelOf = (device: object) =>
    toDevices(PersonId("p"), { devices: [{ deviceid: "a", ...device }] })[0]?.model

  it("is its type where the model is empty, even if the number belongs to a scale", () => {
    expect(modelOf({ type: "Sleep Monitor", model: "", model_id: 13 })).toBe("Sleep Monitor")
  })
  it("comes from the number where no model is sent", () => {
    expect(modelOf({ type: "Scale", model: null, model_id: 19 })).toBe("Body Scan 2")
  })
})

describe("localMidnight", () => {
  it.each([
    ["2024-03-31", "Europe/Paris", "2024-03-30T23:00:00Z"],
    ["2024-10-27", "Europe/Paris", "2024-10-26T22:00:00Z"],
    ["2024-02-29", "Pacific/Auckland", "2024-02-28T11:00:00Z"],
    ["2024-01-01", "America/Los_Angeles", "2024-01-01T08:00:00Z"],
    ["2024-01-01", "Nowhere/Land", "2024-01-01T00:00:00Z"],
  ])("%s in %s", (date, timezone, expected) => {
    expect(localMidnight(date, timezone)).toBe(Date.parse(expected) / 1000)
  })
  it("is null for what is no date", () => expect(localMidnight("yesterday", "UTC")).toBeNull())
})
