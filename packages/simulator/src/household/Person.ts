import { activitiesOf, activityAt, type ActivityDay } from "../history/activities.ts"
import { heartRecordsOf, type HeartRecord } from "../history/ecg.ts"
import { History, type MonthOf } from "../history/History.ts"
import type { MeasureGroup } from "../history/MeasureGroup.ts"
import { measureGroupsOf } from "../history/measureGroups.ts"
import type { Memory } from "../history/Memory.ts"
import { nightsOf, type Night } from "../history/nights.ts"
import { liveIdOf } from "../history/rowId.ts"
import { workoutsOf, type Workout } from "../history/workouts.ts"
import { zoneAt, type Body } from "./Body.ts"
import type { Device } from "./Device.ts"
import { dayNumber, dayOf } from "./zone.ts"

/** A person's goals; Withings answers `[]` when there are none. */
export interface Goals {
  readonly steps?: number
  readonly sleep?: number
  readonly weight?: { readonly value: number; readonly unit: number }
}

export interface Histories {
  readonly groups: History<MeasureGroup>
  readonly nights: History<Night>
  readonly activities: History<ActivityDay>
  readonly workouts: History<Workout>
  readonly hearts: History<HeartRecord>
}

const devicesOf = (body: Body): ReadonlyArray<Device> => {
  const { scale, bloodPressureMonitor, sleepMat, thermometer, watch } = body
  return [scale, bloodPressureMonitor, sleepMat, thermometer, ...(watch ? [watch] : [])]
}

/** One account in the cloud: a body with a history, and the devices that are linked to it. */
export class Person {
  readonly body: Body
  readonly histories: Histories
  readonly recorded: boolean
  devices: ReadonlyArray<Device>
  goals: Goals | ReadonlyArray<never>
  /** When the person got into bed, null when they are up. */
  inBedSince: number | null = null
  /** Steps walked on demand, by day number. */
  readonly walked = new Map<number, number>()
  #liveIds = 0
  #lastStamp = 0

  constructor(
    body: Body,
    histories: Histories,
    facts: { devices: ReadonlyArray<Device>; goals: Person["goals"]; recorded?: boolean },
  ) {
    this.body = body
    this.histories = histories
    this.devices = facts.devices
    this.goals = facts.goals
    this.recorded = facts.recorded ?? false
  }

  get userid(): number {
    return this.body.userid
  }

  get name(): string {
    return this.body.name
  }

  get timezone(): string {
    return this.body.timezone
  }

  /** The linked device of a type; when none is linked any more, the original one. */
  device(type: string): Device {
    const isOfType = (device: Device): boolean => device.type === type
    return this.devices.find(isOfType) ?? devicesOf(this.body).find(isOfType) ?? this.body.scale
  }

  nextId(): number {
    this.#liveIds += 1
    return liveIdOf(this.body, this.#liveIds)
  }

  get liveIds(): number {
    return this.#liveIds
  }

  /** Continues the ids of an earlier run. */
  resumeIds(count: number): void {
    this.#liveIds = count
  }

  /** When the cloud stores what happens now: later than now and than every earlier stamp, so that no delta misses a row. */
  stamp(now: number): number {
    this.#lastStamp = Math.max(now + 1, this.#lastStamp + 1)
    return this.#lastStamp
  }

  /** Updates today, and yesterday if it was put here while it was today. */
  putToday(now: number): ActivityDay {
    const { body, walked, histories } = this
    const today = dayNumber(dayOf(zoneAt(body, now), now))
    const yesterday = today - 1
    if (histories.activities.has(yesterday)) {
      histories.activities.put(activityAt(body, yesterday, now, walked.get(yesterday)))
    }
    const row = activityAt(body, today, now, walked.get(today))
    histories.activities.put(row)
    return row.wire
  }
}

const historiesOf = (body: Body, partner: Body | null, memory: Memory): Histories => {
  const generated = <W>(kind: string, monthOf: MonthOf<W>): History<W> =>
    History.generated({ seed: `${body.seed}/${kind}`, since: body.since, monthOf, memory })
  return {
    groups: generated("groups", measureGroupsOf(body, partner)),
    nights: generated("nights", nightsOf(body)),
    activities: generated("activities", activitiesOf(body)),
    workouts: generated("workouts", workoutsOf(body)),
    hearts: generated("hearts", heartRecordsOf(body)),
  }
}

/** All goals, some or none: each shape was seen in real answers. */
const goalsOf = (body: Body, index: number): Person["goals"] => {
  const weight = { value: Math.round(body.weightNow - 2) * 1000, unit: -3 }
  if (index % 4 === 0) return { steps: 10_000, sleep: 28_800, weight }
  if (index % 4 === 1) return { steps: 8000, sleep: 27_000 }
  return index % 4 === 2 ? { weight } : []
}

export const generatedPerson = (
  body: Body,
  partner: Body | null,
  facts: { readonly index: number; readonly memory: Memory },
): Person => {
  return new Person(body, historiesOf(body, partner, facts.memory), {
    devices: devicesOf(body),
    goals: goalsOf(body, facts.index),
  })
}
