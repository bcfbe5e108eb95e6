import { products } from "./Device.ts"
import type { Household } from "./Household.ts"
import {
  activityNotice,
  appli,
  appliOfTypes,
  bedNotice,
  measuresNotice,
  sleepNotice,
  type Notice,
} from "./Notice.ts"
import type { Person } from "./Person.ts"
import { zoneAt } from "./Body.ts"
import { dayOf } from "./zone.ts"

interface Event {
  readonly at: number
  readonly notice: Notice
}

/**
 * What happened to a person between two moments, as the cloud tells it: each when it got to know. What an act put into
 * a history was told when it happened, so only what was generated counts here.
 */
const eventsOf = (person: Person, from: number, until: number): Array<Event> => {
  const { userid, histories } = person
  const within = (at: number): boolean => at > from && at <= until
  const { groups } = histories
  const measured = groups
    .rows(until, { modifiedSince: from })
    .filter((row) => within(row.created) && row.wire.category === 1 && !groups.has(row.id))
    .map((row) => ({
      at: row.created,
      notice: measuresNotice(userid, appliOfTypes(row.wire.measures.map(({ type }) => type)), row.start),
    }))
  // A night shows up hours after getting into bed, so look at those that the cloud does not know yet.
  const nights = histories.nights.rows(until + 2 * 86_400, { from: from - 86_400 }).flatMap((row) => {
    if (histories.nights.has(row.id)) return []
    const { deviceid } = person.device(products.sleepMat.type)
    const onMat = row.wire.summary.model === 32
    return [
      ...(onMat
        ? [
            { at: row.start, notice: bedNotice(userid, appli.bedIn, deviceid, row.start) },
            { at: row.end, notice: bedNotice(userid, appli.bedOut, deviceid, row.end) },
          ]
        : []),
      { at: row.created, notice: sleepNotice(userid, row.start, row.end) },
    ].filter(({ at }) => within(at))
  })
  const workouts = histories.workouts
    .rows(until, { modifiedSince: from })
    .filter((row) => within(row.created) && !histories.workouts.has(row.id))
    .map((row) => ({ at: row.created, notice: activityNotice(userid, row.wire.date) }))
  const hearts = histories.hearts
    .rows(until, { modifiedSince: from })
    .filter((row) => within(row.created) && !histories.hearts.has(row.id))
    .map((row) => ({ at: row.created, notice: measuresNotice(userid, appli.ecg, row.start) }))
  return [...measured, ...nights, ...workouts, ...hearts]
}

/** Steps reach the cloud when the watch is in reach of the telephone: about every other hour. */
const uploadEvery = 2 * 3600

/** Lets the household live up to a moment: what was to happen becomes visible and is told, in order of time. */
export const live = (household: Household, until: number): ReadonlyArray<Notice> => {
  const from = household.livedUntil
  if (until <= from) return []
  household.livedUntil = until
  const living = household.persons.filter((person) => !person.recorded)
  const events = living.flatMap((person) => {
    const uploads = Math.floor(until / uploadEvery) > Math.floor(from / uploadEvery)
    if (!uploads) return eventsOf(person, from, until)
    const day = dayOf(zoneAt(person.body, until), until)
    person.putToday(until)
    return [...eventsOf(person, from, until), { at: until, notice: activityNotice(person.userid, day) }]
  })
  return events.toSorted((one, other) => one.at - other.at).map(({ notice }) => notice)
}
