import type { Body } from "../household/Body.ts"
import { products } from "../household/Device.ts"
import { between, chance, randomOf, whole, type Random } from "../household/random.ts"
import { dayNumber, epochOf } from "../household/zone.ts"
import { thousandths, type ActivityDay } from "./activities.ts"
import type { Workout } from "./workouts.ts"

/** A row of getintradayactivity, with its epoch. */
export type IntradayRow = readonly [number, Readonly<Record<string, number>>]

const aMinute = 60
const tenMinutes = 600
/** Ten-minute slots from getting up until going to bed. */
const slotsADay = 96
const stepsAMinute = 110

/** The minutes of one slot with steps. The recorded rows of a watch have no `elevation`. */
const walkedMinutes = (body: Body, at: number, steps: number): ReadonlyArray<IntradayRow> => {
  const count = Math.min(10, Math.ceil(steps / stepsAMinute))
  return Array.from({ length: count }, (_, minute): IntradayRow => {
    const walked = Math.round((steps * (minute + 1)) / count) - Math.round((steps * minute) / count)
    return [
      at + minute * aMinute,
      {
        steps: walked,
        duration: aMinute,
        ...(body.watch ? {} : { elevation: 0 }),
        distance: thousandths(walked * body.height * 0.43),
        calories: thousandths(walked * 0.042),
      },
    ]
  })
}

/** What a watch measures once in ten minutes, between the full minutes, which hold the steps. */
const felt = (body: Body, random: Random, at: number, steps: number): ReadonlyArray<IntradayRow> => {
  if (!body.watch) return []
  const temperature =
    body.watch.model_id === products.scanWatch2.model_id
      ? { core_body_temperature: Math.round(between(random, 364, 374)) / 10 }
      : {}
  const row = {
    heart_rate: Math.round(body.pulse + 8 + steps / 25),
    spo2_auto: whole(random, 94, 99),
    rmssd: whole(random, 25, 60),
    sdnn1: whole(random, 30, 70),
    hrv_quality: 1,
    rr: 15,
    ...temperature,
    duration: aMinute,
  }
  return [[at + 31, row]]
}

/** A day up to a moment, minute by minute: the rows add up to the day's steps, and a watch adds the pulse. */
export const rowsOfDay = (body: Body, day: ActivityDay, until: number): ReadonlyArray<IntradayRow> => {
  const number = dayNumber(day.about.date)
  const random = randomOf(`${body.seed}/${number}/slots`)
  const first = Math.ceil((epochOf(day.about.timezone, number, 0) + body.getsUpAt) / tenMinutes) * tenMinutes
  const walks = Array.from({ length: slotsADay }, (_, index) => ({
    at: first + index * tenMinutes,
    share: chance(random, 0.55) ? random() : 0,
  })).filter(({ at }) => at + tenMinutes <= until)
  const shares = walks.reduce((sum, walk) => sum + walk.share, 0) || 1
  const steps = day.fields["steps"] ?? 0
  let counted = 0
  let shared = 0
  return walks.flatMap(({ at, share }) => {
    shared += share
    const walked = Math.round((steps * shared) / shares) - counted
    counted += walked
    return [...walkedMinutes(body, at, walked), ...felt(body, random, at, walked)]
  })
}

/** During a workout a watch measures the pulse in separate rows of four or five seconds. */
export const rowsOfWorkout = (body: Body, workout: Workout): ReadonlyArray<IntradayRow> => {
  const average = workout.data["hr_average"]
  if (!body.watch || typeof average !== "number") return []
  const random = randomOf(`${body.seed}/workout/${workout.startdate}/pulse`)
  const rows: Array<IntradayRow> = []
  // One second past the minute: the full minutes hold the steps.
  let at = Math.ceil(workout.startdate / aMinute) * aMinute + 1
  while (at + 5 < workout.enddate) {
    const duration = whole(random, 4, 5)
    if (at % aMinute !== 0 && at % aMinute !== 31)
      rows.push([at, { heart_rate: average + whole(random, -12, 12), duration }])
    at += duration
  }
  return rows
}
