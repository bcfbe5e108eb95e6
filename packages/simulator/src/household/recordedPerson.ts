import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { ActivityDay } from "../history/activities.ts"
import { History } from "../history/History.ts"
import { rowOfGroup, type MeasureGroup } from "../history/MeasureGroup.ts"
import type { Night, NightSummary } from "../history/nights.ts"
import type { Row } from "../history/Row.ts"
import type { Workout } from "../history/workouts.ts"
import { bodiesOf } from "./bodies.ts"
import type { Device } from "./Device.ts"
import { Person } from "./Person.ts"
import { hexId } from "./random.ts"
import { dayNumber, epochOf } from "./zone.ts"

/** Files of a folder of recorded answers; only the first is required. */
const files = {
  groups: "measurement_list.json",
  devices: "device.json",
  goals: "goals.json",
  nights: "sleep_summary.json",
  stages: "sleep_no_datafields.json",
  activities: "activity.json",
  workouts: "workouts.json",
} as const

const isEnvelope = <T>(answer: unknown): answer is { readonly body?: Readonly<Record<string, T>> } =>
  typeof answer === "object" && answer !== null && "body" in answer

/** Reads an answer: whole envelopes and bare lists were recorded. The values are not checked. */
const read = <T>(folder: string, file: string, key: string, otherwise: T): T => {
  const path = join(folder, file)
  if (!existsSync(path)) return otherwise
  const answer: T | { readonly body?: Readonly<Record<string, T>> } = JSON.parse(readFileSync(path, "utf8"))
  return isEnvelope<T>(answer) ? (answer.body?.[key] ?? otherwise) : answer
}

interface RecordedStage {
  readonly startdate: number
  readonly enddate: number
  readonly state: number
  readonly model: string
}

const nightRow = (summary: NightSummary, stages: ReadonlyArray<RecordedStage>): Row<Night> => {
  const inNight = stages.filter(
    (stage) => stage.startdate >= summary.startdate && stage.enddate <= summary.enddate,
  )
  return {
    id: summary.id,
    start: summary.startdate,
    end: summary.enddate,
    created: summary.created,
    modified: summary.modified,
    wire: {
      summary,
      stages: inNight.map((stage) => ({ start: stage.startdate, end: stage.enddate, state: stage.state })),
      model: inNight[0]?.model ?? "Aura Sensor V2",
    },
  }
}

/** The data fields are in the same object. */
type RecordedDay = ActivityDay["about"]

const isCount = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === "number"

const dayRow = (day: RecordedDay): Row<ActivityDay> => {
  const number = dayNumber(day.date)
  const { deviceid, hash_deviceid, timezone, date, modified, brand, modelid, model, is_tracker, ...fields } =
    day
  return {
    id: number,
    start: epochOf(timezone, number, 0),
    end: epochOf(timezone, number + 1, 0) - 1,
    created: modified,
    modified,
    wire: {
      fields: Object.fromEntries(Object.entries<unknown>(fields).filter(isCount)),
      about: { deviceid, hash_deviceid, timezone, date, modified, brand, modelid, model, is_tracker },
    },
  }
}

const workoutRow = (workout: Workout): Row<Workout> => ({
  id: workout.id,
  start: workout.startdate,
  end: workout.enddate,
  created: workout.modified,
  modified: workout.modified,
  wire: workout,
})

/**
 * An anonymised recording may have several devices with the same id, of which a client would keep one: all but the
 * first get another id.
 */
const toldApart = (devices: ReadonlyArray<Device>): ReadonlyArray<Device> => {
  const taken = new Set<string>()
  return devices.map((device, index) => {
    const isFirst = !taken.has(device.deviceid)
    taken.add(device.deviceid)
    if (isFirst) return device
    const id = hexId(`${device.deviceid}/${index}`)
    return { ...device, deviceid: id, hash_deviceid: id }
  })
}

/** A folder of recorded answers as one more person. Acts add to the recording. */
export const recordedPerson = (folder: string, now: number): Person => {
  if (!existsSync(join(folder, files.groups))) {
    throw new Error(
      `No recorded answers in "${folder}": it has no ${files.groups}. Give the folder that holds it, or leave the option out.`,
    )
  }
  const groups = read<ReadonlyArray<MeasureGroup>>(folder, files.groups, "measuregrps", [])
  const devices = toldApart(read<ReadonlyArray<Device>>(folder, files.devices, "devices", []))
  const nights = read<ReadonlyArray<NightSummary>>(folder, files.nights, "series", [])
  const stages = read<ReadonlyArray<RecordedStage>>(folder, files.stages, "series", [])
  const activities = read<ReadonlyArray<RecordedDay>>(folder, files.activities, "activities", [])
  const workouts = read<ReadonlyArray<Workout>>(folder, files.workouts, "series", [])
  const [made] = bodiesOf("recorded", 1, { since: now, until: now })
  if (!made) throw new Error("A household of one has one person.")
  const ofType = (type: string, otherwise: Device): Device =>
    devices.find((device) => device.type === type) ?? otherwise
  const body = {
    ...made,
    name: "Recorded",
    timezone: devices[0]?.timezone ?? made.timezone,
    scale: ofType("Scale", made.scale),
    sleepMat: ofType("Sleep Monitor", made.sleepMat),
    watch: null,
    sharesScaleWith: null,
  }
  return new Person(
    body,
    {
      groups: History.given(groups.map(rowOfGroup)),
      nights: History.given(nights.map((night) => nightRow(night, stages))),
      activities: History.given(activities.map(dayRow)),
      workouts: History.given(workouts.map(workoutRow)),
      hearts: History.given([]),
    },
    { devices, goals: read(folder, files.goals, "goals", []), recorded: true },
  )
}
