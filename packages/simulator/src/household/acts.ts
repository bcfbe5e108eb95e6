import { composition } from "../history/composition.ts"
import { ecgAt, rowOfEcg, type Ecg } from "../history/ecg.ts"
import {
  groupOf,
  manualMeasure,
  measure,
  rowOfGroup,
  type GroupFacts,
  type MeasureGroup,
} from "../history/MeasureGroup.ts"
import { nightAt } from "../history/nights.ts"
import { workoutAt, type Workout } from "../history/workouts.ts"
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
import { dayNumber, dayOf } from "./zone.ts"

/** What an act changed, and the notifications of it. */
export interface Done<T> {
  readonly result: T
  readonly notices: ReadonlyArray<Notice>
}

export interface BloodPressure {
  readonly systolic: number
  readonly diastolic: number
  readonly pulse: number
}

const groupNotice = ({ userid }: Person, group: MeasureGroup): Notice =>
  measuresNotice(userid, appliOf(group), group.date)

type Taken = Pick<GroupFacts, "device" | "measures"> & Partial<Pick<GroupFacts, "attrib">>

const take = (household: Household, person: Person, taken: Taken): Done<MeasureGroup> => {
  const date = household.clock.now()
  const group = groupOf({ ...taken, grpid: person.nextId(), date, created: person.stamp(date) })
  person.histories.groups.put(rowOfGroup(group))
  return { result: group, notices: [groupNotice(person, group)] }
}

/** In kilograms. Withings' scales weigh up to about 200; more than twice that is a typing error. */
const heaviest = 400

/** Weight and what the scale derives from it. `ambiguous`: the scale cannot tell which of two persons it is. */
export const weigh = (
  household: Household,
  person: Person,
  kilograms: number,
  how: { readonly ambiguous?: boolean } = {},
): Done<MeasureGroup> => {
  if (!(kilograms > 0 && kilograms <= heaviest))
    throw new Error(`No scale shows ${kilograms} kg: give a weight above 0 and up to ${heaviest} kg.`)
  const device = person.device(products.bodyComp.type)
  const measures = composition(person.body, kilograms, device.model_id, household.clock.now())
  const own = take(household, person, { device, measures, attrib: how.ambiguous ? 1 : 0 })
  const other = household.persons.find(({ name }) => how.ambiguous && name === person.body.sharesScaleWith)
  if (!other) return own
  const theirs = take(household, other, { device, measures, attrib: 1 })
  return { result: own.result, notices: [...own.notices, ...theirs.notices] }
}

/** A weight typed into the app. */
export const enterWeight = (household: Household, person: Person, kilograms: number): Done<MeasureGroup> =>
  take(household, person, { device: null, measures: [manualMeasure(1, kilograms, -3)], attrib: 2 })

export const measureBloodPressure = (
  household: Household,
  person: Person,
  values: BloodPressure,
): Done<MeasureGroup> =>
  take(household, person, {
    device: person.device(products.bpmConnect.type),
    measures: [
      measure(9, values.diastolic, 0),
      measure(10, values.systolic, 0),
      measure(11, values.pulse, 0),
    ],
  })

export const takeTemperature = (household: Household, person: Person, celsius: number): Done<MeasureGroup> =>
  take(household, person, {
    device: person.device(products.thermo.type),
    measures: [measure(71, celsius, -3), measure(73, celsius - 2.4, -3), measure(12, celsius, -3)],
  })

export const measureOxygen = (household: Household, person: Person, percent: number): Done<MeasureGroup> =>
  take(household, person, { device: person.body.watch, measures: [measure(54, percent, 0)] })

/** A measure in Withings' own numbers: `value` times ten to the power of `unit`, which is 0 when left out. */
export interface OneMeasure {
  readonly type: number
  readonly value: number
  readonly unit?: number | undefined
  /** One of the person's devices; their scale when left out. */
  readonly deviceid?: string | undefined
}

/** A measure of any type, also an unknown one, as after an update of the real cloud. */
export const measureOne = (
  household: Household,
  person: Person,
  measured: OneMeasure,
): Done<MeasureGroup> => {
  const { type, value, unit = 0, deviceid } = measured
  const named = person.devices.find((device) => device.deviceid === deviceid)
  if (deviceid !== undefined && !named) throw new Error(`${person.name} has no device "${deviceid}".`)
  const device = named ?? person.device(products.bodyComp.type)
  return take(household, person, { device, measures: [{ value, type, unit, algo: 0, fm: 3 }] })
}

const changedGroup = (household: Household, person: Person, grpid: number): MeasureGroup => {
  const row = person.histories.groups.find(household.livedUntil, grpid)
  if (!row) throw new Error(`${person.name} has no measure group ${grpid}.`)
  return row.wire
}

/** Corrects the weight of a group: same group, later `modified`. */
export const editWeight = (
  household: Household,
  person: Person,
  grpid: number,
  kilograms: number,
): Done<MeasureGroup> => {
  const before = changedGroup(household, person, grpid)
  const measures = before.measures.map((one) =>
    one.type === 1 ? { ...one, ...manualMeasure(1, kilograms, -3) } : one,
  )
  const group = { ...before, measures, modified: person.stamp(household.clock.now()) }
  person.histories.groups.put(rowOfGroup(group))
  return { result: group, notices: [groupNotice(person, group)] }
}

/** Removes the group from later answers: only the webhook reports the deletion. */
export const deleteGroup = (household: Household, person: Person, grpid: number): Done<MeasureGroup> => {
  const group = changedGroup(household, person, grpid)
  person.histories.groups.remove(grpid)
  return { result: group, notices: [groupNotice(person, group)] }
}

export interface BedTime {
  readonly date: number
  readonly deviceid: string
}

/** An event of the mat. */
const onMat = (household: Household, person: Person, kind: number): Done<BedTime> => {
  const date = household.clock.now()
  const { deviceid } = person.device(products.sleepMat.type)
  return { result: { date, deviceid }, notices: [bedNotice(person.userid, kind, deviceid, date)] }
}

export const goToBed = (household: Household, person: Person): Done<BedTime> => {
  person.inBedSince = household.clock.now()
  return onMat(household, person, appli.bedIn)
}

/** A shorter time in bed is not a night. */
const shortestNight = 3600

export const getUp = (household: Household, person: Person): Done<BedTime> => {
  const out = onMat(household, person, appli.bedOut)
  const { date } = out.result
  const since = person.inBedSince
  person.inBedSince = null
  if (since === null || date - since < shortestNight) return out
  const stored = person.stamp(date)
  const night = nightAt(person.body, {
    id: person.nextId(),
    start: since,
    end: date,
    created: stored,
    modified: stored,
  })
  person.histories.nights.put(night)
  return { ...out, notices: [...out.notices, sleepNotice(person.userid, since, date)] }
}

/** The mat's first inflation is done. */
export const inflateMat = (household: Household, person: Person): Done<BedTime> =>
  onMat(household, person, appli.inflated)

export const walk = (
  household: Household,
  person: Person,
  steps: number,
): Done<{ date: string; steps: number }> => {
  const now = household.clock.now()
  const day = dayNumber(dayOf(person.timezone, now))
  person.walked.set(day, (person.walked.get(day) ?? 0) + steps)
  const { about, fields } = person.putToday(person.stamp(now))
  return {
    result: { date: about.date, steps: fields["steps"] ?? 0 },
    notices: [activityNotice(person.userid, about.date)],
  }
}

/** A workout that ends now; categories are those of the API's table, 1 is walking. */
export const workOut = (
  household: Household,
  person: Person,
  category: number,
  minutes: number,
): Done<Workout> => {
  const now = household.clock.now()
  const seconds = Math.round(minutes * 60)
  const row = workoutAt(person.body, {
    id: person.nextId(),
    category,
    start: now - seconds,
    seconds,
    created: person.stamp(now),
  })
  person.histories.workouts.put(row)
  return { result: row.wire, notices: [activityNotice(person.userid, row.wire.date)] }
}

/** `afib` 0 negative, 1 positive, 2 inconclusive. */
export const recordEcg = (household: Household, person: Person, afib = 0): Done<Ecg> => {
  const now = household.clock.now()
  const ecg = ecgAt(person.body, now, afib)
  const device = person.body.watch ?? person.body.bloodPressureMonitor
  person.histories.hearts.put(rowOfEcg(ecg, device.deviceid, device.model_id, person.stamp(now)))
  take(household, person, { device, measures: ecg.measures })
  return { result: ecg, notices: [measuresNotice(person.userid, appli.ecg, now)] }
}
