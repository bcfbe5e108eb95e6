import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import type { Person } from "../household/Person.ts"
import type { Cloud } from "./Cloud.ts"

const stateOfPerson = ({ devices, histories, inBedSince, liveIds, userid, walked }: Person) => ({
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
})

const stateOf = ({ household, subscriptions, tokens }: Cloud) => ({
  version: 1,
  seed: household.seed,
  tokens: tokens.state(),
  subscriptions: subscriptions.all(),
  persons: household.everyone().map(stateOfPerson),
})

/** Writes beside and renames, so that a crash never leaves half a file. The file holds tokens: only its owner may read it. */
export const saveState = (cloud: Cloud, file: string): void => {
  const beside = `${file}.new`
  writeFileSync(beside, JSON.stringify(stateOf(cloud)), { mode: 0o600 })
  renameSync(beside, file)
}

const restorePerson = (person: Person, state: ReturnType<typeof stateOfPerson>, now: number): void => {
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

/** Continues from what an earlier run left; a file of another household is refused. */
export const restoreState = (cloud: Cloud, file: string): void => {
  if (!existsSync(file)) return
  const state: ReturnType<typeof stateOf> = JSON.parse(readFileSync(file, "utf8"))
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
