import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import type { ActivityDay } from "../history/activities.ts"
import type { HeartRecord } from "../history/ecg.ts"
import type { MeasureGroup } from "../history/MeasureGroup.ts"
import type { Night } from "../history/nights.ts"
import type { Row } from "../history/Row.ts"
import type { Workout } from "../history/workouts.ts"
import type { Device } from "../household/Device.ts"
import type { Person } from "../household/Person.ts"
import type { Cloud } from "./Cloud.ts"
import type { Subscription } from "./Subscriptions.ts"
import type { TokensState } from "./Tokens.ts"

type Changes<W> = ReadonlyArray<readonly [number, Row<W> | null]>

interface PersonState {
  readonly userid: number
  readonly liveIds: number
  readonly inBedSince: number | null
  readonly walked: ReadonlyArray<readonly [number, number]>
  readonly devices: ReadonlyArray<Device>
  readonly groups: Changes<MeasureGroup>
  readonly nights: Changes<Night>
  readonly activities: Changes<ActivityDay>
  readonly workouts: Changes<Workout>
  readonly hearts: Changes<HeartRecord>
}

interface CloudState {
  readonly version: 1
  readonly seed: string
  readonly tokens: TokensState
  readonly subscriptions: ReadonlyArray<Subscription>
  readonly persons: ReadonlyArray<PersonState>
}

const stateOfPerson = (person: Person): PersonState => {
  const { userid, liveIds, inBedSince, walked, devices, histories } = person
  return {
    userid,
    liveIds,
    inBedSince,
    walked: [...walked],
    devices,
    groups: histories.groups.changes(),
    nights: histories.nights.changes(),
    activities: histories.activities.changes(),
    workouts: histories.workouts.changes(),
    hearts: histories.hearts.changes(),
  }
}

/** Writes beside and renames, so that a cut never leaves half a file. The file holds tokens: only its owner reads it. */
export const saveState = (cloud: Cloud, file: string): void => {
  const state: CloudState = {
    version: 1,
    seed: cloud.household.seed,
    tokens: cloud.tokens.state(),
    subscriptions: cloud.subscriptions.all(),
    persons: cloud.household.everyone().map(stateOfPerson),
  }
  const beside = `${file}.new`
  writeFileSync(beside, JSON.stringify(state), { mode: 0o600 })
  renameSync(beside, file)
}

const restorePerson = (person: Person, state: PersonState, now: number): void => {
  person.resumeIds(state.liveIds)
  person.inBedSince = state.inBedSince
  person.devices = state.devices
  for (const [day, steps] of state.walked) person.walked.set(day, steps)
  const { histories } = person
  histories.groups.restore(state.groups)
  histories.nights.restore(state.nights)
  histories.activities.restore(state.activities)
  histories.workouts.restore(state.workouts)
  histories.hearts.restore(state.hearts)
  if (!person.recorded) person.putToday(now)
}

/** Takes up what an earlier run left; a file of another household is refused. */
export const restoreState = (cloud: Cloud, file: string): void => {
  if (!existsSync(file)) return
  const state: CloudState = JSON.parse(readFileSync(file, "utf8"))
  if (state.version !== 1 || state.seed !== cloud.household.seed) {
    throw new Error(
      `"${file}" belongs to another household (seed "${state.seed}"). Give another file, or remove it.`,
    )
  }
  cloud.tokens.restore(state.tokens)
  cloud.subscriptions.restore(state.subscriptions)
  for (const one of state.persons) {
    const person = cloud.household.personWith(one.userid)
    if (person) restorePerson(person, one, cloud.clock.now())
  }
}
