import { invalidParams } from "../cloud/ApiFailure.ts"
import { slotsOf } from "../history/activities.ts"
import { personAction } from "./Action.ts"
import { daySelection } from "./days.ts"
import { pageOf } from "./page.ts"
import { epochParam, listOf, pick, type Params } from "./Params.ts"

const scopes = ["user.activity"]

const pageSize = 200

/** Days. A field is answered only if it was asked for, but for the one that the document does not mark so. */
export const getactivity = personAction(scopes, (call) => {
  const { cloud, params, person } = call
  const { includes, ...selection } = daySelection(params)
  const wanted = listOf(params, "data_fields") ?? ["totalcalories"]
  const rows = person.histories.activities
    .rows(cloud.household.livedUntil, selection)
    .filter((row) => includes(row.wire.about.date))
  const page = pageOf(call, rows, pageSize)
  return {
    activities: page.items.map(({ wire }) => ({ ...pick(wire.fields, wanted), ...wire.about })),
    more: page.more,
    offset: page.more ? page.next : 0,
  }
})

const aDay = 86_400

/** At most 24 hours, cut without a word; without dates, the day up to now. */
export const dayLongRange = (params: Params, now: number): { from: number; to: number } => {
  const from = epochParam(params, "startdate")
  const to = epochParam(params, "enddate")
  if (from === undefined && to === undefined) return { from: now - aDay, to: now }
  const start = from ?? (to ?? now) - aDay
  const end = to ?? start + aDay
  if (start > end) throw invalidParams("startdate is after enddate")
  return { from: start, to: Math.min(end, start + aDay) }
}

/** Slots of ten minutes by epoch. An empty object is answered as `[]`, as PHP writes it. */
export const getintradayactivity = personAction(scopes, ({ cloud, params, person }) => {
  const now = cloud.clock.now()
  const { from, to } = dayLongRange(params, now)
  const wanted = listOf(params, "data_fields") ?? ["steps", "duration"]
  const about = ({
    deviceid,
    model,
    modelid,
  }: {
    deviceid: string | null
    model: string
    modelid: number
  }) => ({
    deviceid,
    model,
    model_id: modelid,
  })
  const slots = person.recorded
    ? []
    : person.histories.activities
        .rows(cloud.household.livedUntil, { from, to })
        .flatMap(({ wire }) =>
          slotsOf(person.body, wire).map(([at, slot]) => ({
            at,
            slot: { ...pick(slot, wanted), ...about(wire.about) },
          })),
        )
        .filter(({ at }) => at >= from && at <= Math.min(to, now))
  if (slots.length === 0) return { series: [] }
  return { series: Object.fromEntries(slots.map(({ at, slot }) => [at, slot])) }
})

/** Workouts. Fields without a value are null or 0. */
export const getworkouts = personAction(scopes, (call) => {
  const { cloud, params, person } = call
  const { includes, ...selection } = daySelection(params)
  const wanted = listOf(params, "data_fields")
  const rows = person.histories.workouts
    .rows(cloud.household.livedUntil, selection)
    .filter((row) => includes(row.wire.date))
  const page = pageOf(call, rows, pageSize)
  return {
    // algo_pause_duration comes unasked in real answers.
    series: page.items.map(({ wire }) => ({
      ...wire,
      data: pick(wire.data, [...(wanted ?? []), "algo_pause_duration"]),
    })),
    more: page.more,
    offset: page.more ? page.next : 0,
  }
})
