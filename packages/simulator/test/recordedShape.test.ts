import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startSimulator, type MeasureGroup, type Simulator } from "@withings-bridge/simulator"
import {
  allGroups,
  call,
  recordedFolder,
  send,
  signIn,
  startListener,
  subscribe,
  testClock,
  type Fields,
} from "./client.ts"

/** The types at each path of an answer; items of lists are `[]`. */
const shapeOf = (
  value: unknown,
  at = "",
  shape = new Map<string, Set<string>>(),
): Map<string, Set<string>> => {
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value
  shape.set(at, (shape.get(at) ?? new Set()).add(type))
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${at}[]`, shape)
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) shapeOf(item, `${at}.${key}`, shape)
  }
  return shape
}

const lines = (shape: Map<string, Set<string>>): ReadonlyArray<string> =>
  [...shape].flatMap(([at, types]) => [...types].map((type) => `${at}: ${type}`)).toSorted()

const missing = (from: ReadonlyArray<string>, inOther: ReadonlyArray<string>): ReadonlyArray<string> => {
  const other = new Set(inOther)
  return from.filter((line) => !other.has(line))
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(recordedFolder ?? "", file), "utf8"))

describe.skipIf(recordedFolder === null)("answers compared with recorded ones", () => {
  const clock = testClock()
  let simulator: Simulator
  let ann: string
  let ben: string
  let recorded: string

  beforeAll(async () => {
    simulator = await startSimulator({
      now: clock.now,
      recorded: recordedFolder ?? "",
      persons: 4,
      requestsPerMinute: 1_000_000,
    })
    const signedIn = await Promise.all(["Ann", "Ben", "Recorded"].map((name) => signIn(simulator, name)))
    const [one = "", two = "", three = ""] = signedIn.map(({ access_token }) => access_token)
    ann = one
    ben = two
    recorded = three
  })
  afterAll(() => simulator.close())

  const fieldsOfRecording = (file: string, list: RegExp): string => {
    const names = lines(shapeOf(read(file))).flatMap((line) => list.exec(line)?.[1] ?? [])
    return [...new Set(names)].join(",")
  }

  /** The combined shape for a person with a watch and one with a telephone. */
  const bothShapes = async (path: string, fields: Fields): Promise<ReadonlyArray<string>> => {
    const shape = new Map<string, Set<string>>()
    for (const token of [ann, ben]) shapeOf(await send(simulator, path, fields, token), "", shape)
    return lines(shape)
  }

  it("gives the measures of the recording untouched, page by page", async () => {
    const groups = await allGroups(simulator, recorded)
    const list: unknown = read("measurement_list.json")
    expect(groups).toEqual(list)
    expect(groups).toHaveLength(2062)
    expect(simulator.counts("Recorded")).toMatchObject({ groups: 2062, measures: 6558, nights: 300, days: 2 })
    const weight = groups.find(({ grpid }) => grpid === 2_726_375_351)
    expect(weight?.measures[0]).toMatchObject({ value: 56_300, unit: -3 })
  })

  it("gives the goals as they were recorded", async () => {
    expect(await send(simulator, "/v2/user", { action: "getgoals" }, recorded)).toEqual(read("goals.json"))
  })

  it("gives the recorded devices, each with a different id", async () => {
    const { body } = await call(simulator, "/v2/user", { action: "getdevice" }, recorded)
    const nameless = (list: unknown) =>
      Array.isArray(list) ? list.map((one) => ({ ...one, deviceid: "", hash_deviceid: "" })) : list
    expect(nameless(body.devices)).toEqual(nameless(listIn(read("device.json"))))
    expect(body.devices.length).toBeGreaterThanOrEqual(5)
    expect(new Set(body.devices.map(({ deviceid }) => deviceid)).size).toBe(body.devices.length)
  })

  it("gives the nights, days and workouts of the recording as they were recorded", async () => {
    const nights = fieldsOfRecording("sleep_summary.json", /^\.body\.series\[\]\.data\.(\w+)/)
    const days = fieldsOfRecording("activity.json", /^\.body\.activities\[\]\.(\w+)/)
    const workouts = fieldsOfRecording("workouts.json", /^\.body\.series\[\]\.data\.(\w+)/)
    const everything = { startdateymd: "2000-01-01", enddateymd: "2100-01-01" }
    const asked = [
      ["sleep_summary.json", "/v2/sleep", { action: "getsummary", data_fields: nights, ...everything }],
      ["activity.json", "/v2/measure", { action: "getactivity", data_fields: days, ...everything }],
      ["workouts.json", "/v2/measure", { action: "getworkouts", data_fields: workouts, ...everything }],
    ] as const
    for (const [file, path, fields] of asked) {
      const answer = await send(simulator, path, fields, recorded)
      const original = read(file)
      expect(listIn(answer)).toEqual(listIn(original))
    }
  })

  const listIn = (answer: unknown): unknown => {
    if (typeof answer !== "object" || answer === null) return answer
    const found = Object.values(answer).find((value) => Array.isArray(value))
    return found ?? ("body" in answer ? listIn(answer.body) : answer)
  }

  it("has the shape of the recorded measures", async () => {
    const groups: Array<MeasureGroup> = [
      ...(await allGroups(simulator, ann)),
      ...(await allGroups(simulator, ben)),
    ]
    const chloe = await signIn(simulator, "Chloe")
    groups.push(...(await allGroups(simulator, chloe.access_token)))
    const own = lines(shapeOf(groups))
    const theirs = lines(shapeOf([read("measurement_list.json"), read("measurement_positions.json")].flat()))
    expect(missing(theirs, own)).toEqual([])
    // Of Body Scans in recordings of others.
    expect(missing(own, theirs)).toEqual(["[].measures[].algo_params: number"])
  })

  it("has the shape of the recorded devices, goals and subscriptions", async () => {
    const devices = await bothShapes("/v2/user", { action: "getdevice" })
    expect(missing(lines(shapeOf(read("device.json"))), devices)).toEqual([])
    expect(missing(devices, lines(shapeOf(read("device.json"))))).toEqual([])
    const david = (await signIn(simulator, "David")).access_token
    const goals = [
      ...(await bothShapes("/v2/user", { action: "getgoals" })),
      ...lines(shapeOf(await send(simulator, "/v2/user", { action: "getgoals" }, david))),
    ]
    const recordedGoals = ["goals.json", "goals_1.json", "goals_2.json", "no_goals.json"].flatMap((file) =>
      lines(shapeOf(read(file))),
    )
    expect(missing(recordedGoals, goals)).toEqual([])
    expect(missing(goals, recordedGoals)).toEqual([])
    const listener = await startListener()
    await subscribe(simulator, ann, listener.url, 1)
    const list = lines(shapeOf(await send(simulator, "/notify", { action: "list" }, ann)))
    expect(list).toEqual(lines(shapeOf(read("notify_list.json"))))
    await listener.close()
  })

  it("has the shape of the recorded nights, stages, days and workouts", async () => {
    const now = Math.floor(clock.at / 1000)
    const cases = [
      [
        "sleep_summary.json",
        "/v2/sleep",
        {
          action: "getsummary",
          lastupdate: 0,
          data_fields: fieldsOfRecording("sleep_summary.json", /^\.body\.series\[\]\.data\.(\w+)/),
        },
        // Nights of a watch, of which none was recorded: `completed` is in the document.
        [".body.series[].completed: boolean"],
      ],
      ["sleep_no_datafields.json", "/v2/sleep", { action: "get", startdate: now - 86_400, enddate: now }, []],
      [
        "activity.json",
        "/v2/measure",
        {
          action: "getactivity",
          lastupdate: 0,
          data_fields: fieldsOfRecording("activity.json", /^\.body\.activities\[\]\.(\w+)/),
        },
        // Days of a watch, of which none was recorded here, and days that name no model, as withoutings recorded them.
        [
          ".body.activities[].deviceid: string",
          ".body.activities[].hash_deviceid: string",
          ".body.activities[].model: null",
        ],
      ],
      [
        "workouts.json",
        "/v2/measure",
        {
          action: "getworkouts",
          lastupdate: 0,
          data_fields: fieldsOfRecording("workouts.json", /^\.body\.series\[\]\.data\.(\w+)/),
        },
        // Workouts of a watch, and a swim; none was recorded here. The nulls are those of a ScanWatch recorded by others.
        [
          ".body.series[].data.algo_pause_duration: number",
          ".body.series[].data.elevation: null",
          ".body.series[].data.manual_calories: null",
          ".body.series[].data.manual_distance: null",
          ".body.series[].deviceid: string",
        ],
      ],
    ] as const
    for (const [file, path, fields, onlyHere] of cases) {
      const own = await bothShapes(path, fields)
      const theirs = lines(shapeOf(read(file)))
      expect({ file, notHere: missing(theirs, own) }).toEqual({ file, notHere: [] })
      expect({ file, onlyHere: missing(own, theirs) }).toEqual({ file, onlyHere })
    }
  })
})
