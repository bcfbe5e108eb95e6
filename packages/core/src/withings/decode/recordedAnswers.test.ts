import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { recorded } from "../../../test/recorded.ts"
import { PersonId } from "../../measure/Person.ts"
import { dayFields, workoutFields, type DataField } from "../client/dataFields.ts"
import type { Decoded } from "./Decoded.ts"
import { toDay } from "./toDay.ts"
import { toDevices } from "./toDevice.ts"
import { toGoals } from "./toGoals.ts"
import { toNightCurve } from "./toNightCurve.ts"
import { toWorkout } from "./toWorkout.ts"
import { isWire, listIn, type Wire } from "../wire/read.ts"

const now = Date.UTC(2026, 0, 1) / 1000

const bodyOf = (name: string): Wire => {
  const answer: unknown = JSON.parse(readFileSync(`${recorded}/${name}.json`, "utf8"))
  const body = isWire(answer) ? answer["body"] : null
  if (!isWire(body)) throw new Error(`${name}.json has no body`)
  return body
}

const recordsOf = (name: string, list: string): ReadonlyArray<Wire> =>
  (listIn(bodyOf(name), list) ?? []).filter(isWire)

/** What a record says, field by field: no null, no -1, and no zero of what lives. */
const saidBy = (group: unknown, data: Wire, fields: ReadonlyArray<DataField>) =>
  fields.flatMap(({ field, kind, neverZero }) => {
    const value = data[field]
    const isSaid = typeof value === "number" && value !== -1 && !(neverZero && value === 0)
    return isSaid ? [`${String(group)} ${kind} ${value}`] : []
  })

const keptBy = ({ measures }: Decoded): ReadonlyArray<string> =>
  measures.map(({ group, kind, value }) => `${group} ${kind} ${value}`)

describe.skipIf(!existsSync(recorded))(`with the recorded answers in ${recorded}`, () => {
  it("reads every value of the days", () => {
    const days = recordsOf("activity", "activities")
    const decoded = toDay(PersonId("p"), days, now)
    expect(decoded.skipped).toEqual([])
    const said = days.flatMap((day) => saidBy(day["date"], day, dayFields))
    expect(said.length).toBeGreaterThan(10)
    expect(keptBy(decoded).toSorted()).toEqual(said.toSorted())
  })

  it("reads every value of the workouts", () => {
    const workouts = recordsOf("workouts", "series")
    const decoded = toWorkout(PersonId("p"), workouts, now)
    expect(decoded.skipped).toEqual([])
    const said = workouts.flatMap((workout) => {
      const data = workout["data"]
      return isWire(data) ? saidBy(workout["id"], data, workoutFields) : []
    })
    expect(said.length).toBeGreaterThan(10)
    expect(keptBy(decoded)).toEqual(expect.arrayContaining(said))
    // Beside them, its category and how long it took.
    expect(decoded.measures.length).toBe(said.length + 2 * workouts.length)
  })

  it("reads every stage of a night", () => {
    const stages = recordsOf("sleep_no_datafields", "series")
    const decoded = toNightCurve(PersonId("p"), stages, now)
    expect(decoded.skipped).toEqual([])
    expect(decoded.measures.map(({ at, value }) => [at, value])).toEqual(
      stages.map(({ startdate, state }) => [startdate, state]),
    )
  })

  it("reads each shape of the goals", () => {
    const goals = (name: string) =>
      toGoals(PersonId("p"), bodyOf(name), now).map(({ kind, value }) => [kind, value])
    const [steps, sleep, weight] = goals("goals")
    expect(goals("goals")).toHaveLength(3)
    expect(goals("goals_1")).toEqual([weight])
    expect(goals("goals_2")).toEqual([steps, sleep])
    expect(goals("no_goals")).toEqual([])
  })

  it("reads the devices, those of the future too", () => {
    const ids = new Set(recordsOf("device", "devices").map((device) => device["deviceid"]))
    expect(toDevices(PersonId("p"), bodyOf("device"), now)).toHaveLength(ids.size)
    expect(toDevices(PersonId("p"), bodyOf("new_device"), now)).not.toEqual([])
  })
})
