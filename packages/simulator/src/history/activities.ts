import { zoneAt, type Body } from "../household/Body.ts"
import { products } from "../household/Device.ts"
import { between, chance, normal, randomOf, whole } from "../household/random.ts"
import { dayFrom, epochOf } from "../household/zone.ts"
import { daysOf } from "./History.ts"
import type { Row } from "./Row.ts"

/** A day as getactivity answers it, with every data field. */
export interface ActivityDay {
  readonly fields: Readonly<Record<string, number>>
  readonly about: {
    readonly deviceid: string | null
    readonly hash_deviceid: string | null
    readonly timezone: string
    readonly date: string
    readonly modified: number
    /** 1 Withings, 18 another manufacturer. */
    readonly brand: number
    /** -1 where no model is named. */
    readonly modelid: number
    readonly model: string | null
    readonly is_tracker: boolean
  }
}

export const thousandths = (value: number): number => Math.round(value * 1000) / 1000

/** The share of a day's steps taken so far: people walk for about sixteen hours after getting up. */
const passedOf = (body: Body, dayStart: number, now: number): number =>
  Math.max(0, Math.min(1, (now - dayStart - body.getsUpAt) / (16 * 3600)))

const stepsOf = (body: Body, day: number): number => {
  const random = randomOf(`${body.seed}/${day}/steps`)
  const weekend = day % 7 === 2 || day % 7 === 3 ? 0.8 : 1
  return Math.max(300, Math.round(normal(random, body.stepsADay * weekend, body.stepsADay * 0.28)))
}

const fieldsOf = (body: Body, day: number, steps: number, passed: number): ActivityDay["fields"] => {
  const random = randomOf(`${body.seed}/${day}/activity`)
  const moderate = Math.round(steps * between(random, 0.1, 0.3))
  const intense = chance(random, 0.3) ? Math.round(steps * between(random, 0.02, 0.12)) : 0
  const calories = thousandths(steps * 0.042)
  const fields: Record<string, number> = {
    steps,
    distance: thousandths(steps * body.height * 0.43),
    elevation: thousandths(whole(random, 0, 12) * passed),
    soft: Math.round(steps * between(random, 0.5, 0.9)),
    moderate,
    intense,
    active: moderate + intense,
    calories,
    totalcalories: thousandths(calories + (370 + 16 * body.weightNow) * Math.max(0.05, passed)),
  }
  if (!body.watch) return { ...fields, ...noPulse }
  const average = Math.round(normal(random, body.pulse + 12, 4))
  return {
    ...fields,
    hr_average: average,
    hr_min: average - whole(random, 14, 24),
    hr_max: average + whole(random, 45, 80),
    hr_zone_0: Math.round(steps * 4),
    hr_zone_1: moderate,
    hr_zone_2: Math.round(intense * 0.8),
    hr_zone_3: Math.round(intense * 0.2),
  }
}

/** A telephone cannot measure a pulse: recorded as zeros. */
export const noPulse = {
  hr_average: 0,
  hr_min: 0,
  hr_max: 0,
  hr_zone_0: 0,
  hr_zone_1: 0,
  hr_zone_2: 0,
  hr_zone_3: 0,
}

/** The device that counted the steps. Some days of a telephone name no model; both were recorded. */
const modelOf = (body: Body, day: number): Pick<ActivityDay["about"], "modelid" | "model"> => {
  if (body.watch) return { modelid: body.watch.model_id, model: body.watch.model }
  return chance(randomOf(`${body.seed}/${day}/names-model`), 0.3)
    ? { modelid: -1, model: null }
    : { modelid: products.phone.model_id, model: products.phone.model }
}

/**
 * One day as known at a moment: today has only the steps so far.
 * `extra`: steps walked on demand.
 */
export const activityAt = (body: Body, day: number, now: number, extra = 0): Row<ActivityDay> => {
  const date = dayFrom(day)
  const timezone = zoneAt(body, day * 86_400 + 43_200)
  const start = epochOf(timezone, day, 0)
  const end = epochOf(timezone, day + 1, 0)
  const passed = now >= end ? 1 : passedOf(body, start, now)
  const modified = now >= end ? end + 1200 + (day % 7) * 300 : now
  const created = Math.min(modified, end - 3600)
  const device = body.watch
  return {
    id: day,
    start,
    end: end - 1,
    created,
    modified,
    wire: {
      fields: fieldsOf(body, day, Math.round(stepsOf(body, day) * passed) + extra, passed),
      about: {
        deviceid: device?.deviceid ?? null,
        hash_deviceid: device?.hash_deviceid ?? null,
        timezone,
        date,
        modified,
        brand: device ? 1 : 18,
        ...modelOf(body, day),
        is_tracker: device !== null,
      },
    },
  }
}

/** Complete days only: today is put above them as time passes. */
export const activitiesOf =
  (body: Body) =>
  (month: number): ReadonlyArray<Row<ActivityDay>> =>
    daysOf(month).map((day) => {
      const row = activityAt(body, day, Infinity)
      return { ...row, created: row.modified }
    })
