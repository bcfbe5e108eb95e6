import { zoneAt, type Body } from "../household/Body.ts"
import { products } from "../household/Device.ts"
import { between, chance, normal, randomOf, whole } from "../household/random.ts"
import { dayFrom, dayNumber, epochOf } from "../household/zone.ts"
import { daysOf } from "./History.ts"
import type { Row } from "./Row.ts"

/** A day as getactivity answers it, with every data field it could be asked for. */
export interface ActivityDay {
  readonly fields: Readonly<Record<string, number>>
  readonly about: {
    readonly deviceid: string | null
    readonly hash_deviceid: string | null
    readonly timezone: string
    readonly date: string
    readonly modified: number
    /** 1 Withings, 18 another maker. */
    readonly brand: number
    readonly modelid: number
    readonly model: string
    readonly is_tracker: boolean
  }
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

/** What of a day has passed, by the steps: people walk from getting up until about sixteen hours later. */
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
  if (!body.watch) return fields
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

/**
 * One day as known at a moment: a day that is still going on has what was walked until then.
 * `extra` are steps walked on demand.
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
        modelid: device?.model_id ?? products.phone.model_id,
        model: device?.model ?? products.phone.model,
        is_tracker: device !== null,
      },
    },
  }
}

/** Complete days only: the day that is going on is put above them as time passes. */
export const activitiesOf =
  (body: Body) =>
  (month: number): ReadonlyArray<Row<ActivityDay>> =>
    daysOf(month).map((day) => {
      const row = activityAt(body, day, Infinity)
      return { ...row, created: row.modified }
    })

/** Ten minutes of a day, as getintradayactivity answers them under their epoch. */
export type Slot = Readonly<Record<string, number>>

const slotSeconds = 600

/** The day in slots of ten minutes: their steps are a share of the day's, and a watch adds the heart. */
export const slotsOf = (body: Body, day: ActivityDay): ReadonlyArray<readonly [number, Slot]> => {
  const number = dayNumber(day.about.date)
  const random = randomOf(`${body.seed}/${number}/slots`)
  const first =
    Math.ceil((epochOf(day.about.timezone, number, 0) + body.getsUpAt) / slotSeconds) * slotSeconds
  const walks = Array.from({ length: 96 }, (_, index) => ({
    at: first + index * slotSeconds,
    share: chance(random, 0.55) ? random() : 0,
  }))
  const shares = walks.reduce((sum, walk) => sum + walk.share, 0) || 1
  const dayOfSteps = day.fields["steps"] ?? 0
  return walks.flatMap(({ at, share }): Array<readonly [number, Slot]> => {
    const steps = Math.round((dayOfSteps * share) / shares)
    const heart = Math.round(body.pulse + 8 + steps / 25)
    const walked =
      steps > 0
        ? {
            steps,
            elevation: 0,
            calories: thousandths(steps * 0.042),
            distance: thousandths(steps * body.height * 0.43),
            duration: Math.min(slotSeconds, steps),
          }
        : {}
    const felt = body.watch
      ? {
          heart_rate: heart,
          spo2_auto: whole(random, 94, 99),
          rmssd: whole(random, 25, 60),
          sdnn1: whole(random, 30, 70),
          hrv_quality: 1,
          rr: 15,
        }
      : {}
    const slot: Record<string, number> = { ...walked, ...felt }
    return Object.keys(slot).length > 0 ? [[at, slot]] : []
  })
}
