import { invalidParams } from "../cloud/ApiFailure.ts"
import type { ActivityDay } from "../history/activities.ts"
import { rowsOfDay, rowsOfWorkout } from "../history/intraday.ts"
import type { Person } from "../household/Person.ts"
import { personAction } from "./Action.ts"
import { rowsByDay } from "./days.ts"
import { pageOf } from "./page.ts"
import { epochParam, listOf, pick, type Params } from "./Params.ts"

const scopes = ["user.activity"]

const pageSize = 200

/** Days. Without `data_fields`, every field is answered: Home Assistant asks so and reads `steps`. */
export const getactivity = personAction(scopes, (call) => {
  const wanted = listOf(call.params, "data_fields")
  const rows = rowsByDay(call, call.person.histories.activities, ({ about }) => about.date)
  const { items, paging } = pageOf(call, rows, pageSize)
  return {
    activities: items.map(({ wire }) => ({ ...pick(wire.fields, wanted), ...wire.about })),
    ...paging,
  }
})

const aDay = 86_400

/** At most 24 hours, longer ranges are cut silently; without dates, the last day. */
export const dayLongRange = (params: Params, now: number): { from: number; to: number } => {
  const from = epochParam(params, "startdate")
  const to = epochParam(params, "enddate")
  if (from === undefined && to === undefined) return { from: now - aDay, to: now }
  const start = from ?? (to ?? now) - aDay
  const end = to ?? start + aDay
  if (start > end) throw invalidParams("startdate is after enddate")
  return { from: start, to: Math.min(end, start + aDay) }
}

/** The device that counted, as a row of a day's minutes names it. */
const counterOf = ({ deviceid, model, modelid }: ActivityDay["about"]) => ({
  model,
  model_id: modelid,
  deviceid,
})

const watchOf = ({ body: { watch } }: Person) => ({
  model: watch?.model ?? null,
  model_id: watch?.model_id ?? -1,
  deviceid: watch?.deviceid ?? null,
})

/** Rows by epoch: a minute each, or a few seconds for a pulse taken during a workout. */
export const getintradayactivity = personAction(scopes, ({ cloud, params, person }) => {
  const now = cloud.clock.now()
  const { from, to } = dayLongRange(params, now)
  const wanted = listOf(params, "data_fields")
  const { livedUntil } = cloud.household
  if (person.recorded) return { series: {} }
  const minutes = person.histories.activities.rows(livedUntil, { from, to }).flatMap(({ wire }) =>
    rowsOfDay(person.body, wire, now).map(([at, row]) => ({
      at,
      row: { ...pick(row, wanted), ...counterOf(wire.about) },
    })),
  )
  const pulses = person.histories.workouts.rows(livedUntil, { from, to }).flatMap(({ wire }) =>
    rowsOfWorkout(person.body, wire).map(([at, row]) => ({
      at,
      row: { ...pick(row, wanted), ...watchOf(person) },
    })),
  )
  const rows = [...minutes, ...pulses].filter(({ at }) => at >= from && at <= Math.min(to, now))
  return { series: Object.fromEntries(rows.map(({ at, row }) => [at, row])) }
})

/** Workouts, with every field if none is named. Fields without a value are null or 0. */
export const getworkouts = personAction(scopes, (call) => {
  const wanted = listOf(call.params, "data_fields")
  const rows = rowsByDay(call, call.person.histories.workouts, ({ date }) => date)
  const { items, paging } = pageOf(call, rows, pageSize)
  return {
    // algo_pause_duration comes unasked in real answers.
    series: items.map(({ wire }) => ({
      ...wire,
      data: pick(wire.data, wanted && [...wanted, "algo_pause_duration"]),
    })),
    ...paging,
  }
})
