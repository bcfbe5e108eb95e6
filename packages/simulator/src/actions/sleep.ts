import type { Night, Stage } from "../history/nights.ts"
import { between, randomOf, shuffled, whole, type Random } from "../household/random.ts"
import { dayLongRange } from "./activity.ts"
import { personAction } from "./Action.ts"
import { rowsByDay } from "./days.ts"
import { pageOf } from "./page.ts"
import { listOf, pick, requiredInteger } from "./Params.ts"

const scopes = ["user.activity"]

const pageSize = 300

/** The fields of a summary when none is asked for: recorded in 300 nights. */
const defaultFields = [
  "wakeupduration",
  "wakeupcount",
  "durationtosleep",
  "remsleepduration",
  "durationtowakeup",
  "lightsleepduration",
  "deepsleepduration",
  "nb_rem_episodes",
  "out_of_bed_count",
  "sleep_efficiency",
  "sleep_latency",
  "total_sleep_time",
  "total_timeinbed",
  "wakeup_latency",
  "waso",
]

/** Nights. The document has no `offset` for this action, but the real cloud takes it. */
export const getsummary = personAction(scopes, (call) => {
  const wanted = listOf(call.params, "data_fields") ?? defaultFields
  const rows = rowsByDay(call, call.person.histories.nights, ({ summary }) => summary.date)
  const { items, paging } = pageOf(call, rows, pageSize)
  return {
    series: items.map(({ wire: { summary } }) => {
      const { data, created, modified, ...about } = summary
      return { ...about, data: pick(data, wanted), created, modified }
    }),
    ...paging,
  }
})

/** A value for one minute of a stage, by the field that asks for it. */
const minuteValue: Readonly<Record<string, (random: Random) => number>> = {
  hr: (random) => whole(random, 48, 72),
  rr: (random) => whole(random, 11, 18),
  snoring: (random) => (random() < 0.1 ? 100 : 0),
  sdnn_1: (random) => whole(random, 25, 80),
  rmssd: (random) => whole(random, 20, 70),
  hrv_quality: () => 1,
  mvt_score: (random) => whole(random, 0, 60),
  chest_movement_rate: (random) => whole(random, 11, 18),
  withings_index: (random) => Math.round(between(random, 0, 12)),
  breathing_sounds: (random) => (random() < 0.1 ? 60 : 0),
}

const minutesOf = (stage: Stage, field: string): Record<string, number> => {
  const value = minuteValue[field]
  const random = randomOf(`${stage.start}/${field}`)
  const minutes: Record<string, number> = {}
  if (value) for (let at = stage.start; at < stage.end; at += 60) minutes[at] = value(random)
  return minutes
}

const segmentOf = ({ summary, model }: Night, stage: Stage, wanted: ReadonlyArray<string>) => ({
  startdate: stage.start,
  state: stage.state,
  enddate: stage.end,
  model,
  hash_deviceid: summary.hash_deviceid,
  model_id: summary.model_id,
  ...Object.fromEntries(
    wanted.filter((field) => field in minuteValue).map((field) => [field, minutesOf(stage, field)]),
  ),
})

/** Stages of at most 24 hours, in no order. The document types `series` as one object; real answers are a list. */
export const getSleep = personAction(scopes, ({ cloud, params, person }) => {
  requiredInteger(params, "startdate")
  requiredInteger(params, "enddate")
  const { from, to } = dayLongRange(params, cloud.clock.now())
  const wanted = listOf(params, "data_fields") ?? []
  const nights = person.histories.nights.rows(cloud.household.livedUntil, { from, to })
  const series = nights.flatMap(({ wire }) =>
    wire.stages
      .filter((stage) => stage.end > from && stage.start < to)
      .map((stage) => segmentOf(wire, stage, wanted)),
  )
  return {
    series: shuffled(series, randomOf(`${person.userid}/${from}`)),
    model: nights[0]?.wire.summary.model ?? 32,
  }
})
