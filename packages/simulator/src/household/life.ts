import type { History } from "../history/History.ts"
import type { Row } from "../history/Row.ts"
import { products } from "./Device.ts"
import type { Household } from "./Household.ts"
import {
  activityNotice,
  appli,
  appliOf,
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
 * What happened to a person between two moments, each event at the time when the cloud learned of it. Only generated rows
 * count: the notices of an act were sent when it happened.
 */
const eventsOf = (person: Person, from: number, until: number): Array<Event> => {
  const { histories, userid } = person
  const within = (at: number): boolean => at > from && at <= until
  const arrived = <W>(history: History<W>): ReadonlyArray<Row<W>> =>
    history.rows(until, { modifiedSince: from }).filter((row) => within(row.created) && !history.has(row.id))
  const measured = arrived(histories.groups)
    .filter(({ wire }) => wire.category === 1)
    .map(({ created, start, wire }) => ({
      at: created,
      notice: measuresNotice(userid, appliOf(wire), start),
    }))
  // A night ends hours after its beginning, so look also at those that the cloud does not know yet.
  const nights = histories.nights
    .rows(until + 2 * 86_400, { from: from - 86_400 })
    .filter(({ id }) => !histories.nights.has(id))
    .flatMap(({ created, end, start, wire }) => {
      const asleep = { at: created, notice: sleepNotice(userid, start, end) }
      if (wire.summary.model !== 32) return [asleep]
      const { deviceid } = person.device(products.sleepMat.type)
      return [
        { at: start, notice: bedNotice(userid, appli.bedIn, deviceid, start) },
        { at: end, notice: bedNotice(userid, appli.bedOut, deviceid, end) },
        asleep,
      ]
    })
    .filter(({ at }) => within(at))
  const workouts = arrived(histories.workouts).map(({ created, wire }) => ({
    at: created,
    notice: activityNotice(userid, wire.date),
  }))
  const hearts = arrived(histories.hearts).map(({ created, start }) => ({
    at: created,
    notice: measuresNotice(userid, appli.ecg, start),
  }))
  return [...measured, ...nights, ...workouts, ...hearts]
}

/** A watch uploads its steps when the telephone is near: about every two hours. */
const uploadEvery = 2 * 3600

/** Lets time pass up to a moment: generated rows become visible. Returns the notifications in order of time. */
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
