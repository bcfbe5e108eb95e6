import { zoneAt, type Body } from "../household/Body.ts"
import { products } from "../household/Device.ts"
import { between, chance, normal, randomOf, whole, type Random } from "../household/random.ts"
import { dayOf, epochOf } from "../household/zone.ts"
import { noPulse } from "./activities.ts"
import { daysOf } from "./History.ts"
import type { Row } from "./Row.ts"
import { idOf } from "./rowId.ts"

/** A workout as getworkouts answers it, with every data field. */
export interface Workout {
  readonly id: number
  readonly category: number
  readonly timezone: string
  readonly model: number
  readonly attrib: number
  readonly startdate: number
  readonly enddate: number
  readonly date: string
  readonly deviceid: string | null
  readonly data: Readonly<Record<string, number | string | null>>
  readonly modified: number
}

/** Walk, run, bicycling, swimming, weights, yoga; 564 is undocumented but was seen in the field. */
const categories = [1, 1, 1, 2, 2, 6, 7, 16, 28, 564]
const swimming = 7

/** A 32-bit float as PHP prints it, with fourteen digits: 114.4 becomes 114.39999389648. Recorded of watches. */
const printedFloat = (value: number): number => Number(Math.fround(value).toPrecision(14))

const tenths = (value: number): number => Math.round(value * 10) / 10

/** ScanWatch 2 measures the core temperature: documented, but not recorded. */
const coreTemperature = (random: Random): Workout["data"] => {
  const average = whole(random, 37, 38)
  return {
    core_body_temperature_avg: average,
    core_body_temperature_min: average - 1,
    core_body_temperature_max: average + 1,
    core_body_temperature_status: average > 37 ? "elevated" : "usual",
  }
}

/** Values entered by hand afterwards. Without them a watch sends null, a telephone zeros. */
const enteredOf = (body: Body, manual: boolean, metres: number): Workout["data"] => {
  if (manual) return { manual_intensity: 50, manual_distance: metres, manual_calories: 250 }
  const nothing = body.watch ? null : 0
  return { manual_intensity: null, manual_distance: nothing, manual_calories: nothing }
}

export interface WorkoutFacts {
  readonly id: number
  readonly category: number
  readonly start: number
  readonly seconds: number
  readonly created: number
}

/** A watch measures pulse and oxygen. */
const feltOf = (random: Random, heart: number, seconds: number) => ({
  hr_average: heart,
  hr_min: heart - whole(random, 20, 35),
  hr_max: heart + whole(random, 15, 35),
  hr_zone_0: Math.round(seconds * 0.2),
  hr_zone_1: Math.round(seconds * 0.45),
  hr_zone_2: Math.round(seconds * 0.25),
  hr_zone_3: Math.round(seconds * 0.1),
  spo2_average: whole(random, 94, 98),
})

export const workoutAt = (
  body: Body,
  { id, category, start, seconds, created }: WorkoutFacts,
): Row<Workout> => {
  const random = randomOf(`${body.seed}/workout/${start}`)
  const end = start + seconds
  const timezone = zoneAt(body, start)
  const swims = category === swimming
  const manual = chance(random, 0.1)
  const steps = swims ? 0 : Math.round((seconds / 60) * between(random, 80, 150))
  const heart = Math.round(normal(random, body.pulse + 55, 10))
  const felt = body.watch ? feltOf(random, heart, seconds) : { ...noPulse, spo2_average: null }
  const metres = steps * body.height * 0.45
  const climbed = whole(random, 0, 30)
  const moved = swims
    ? { pool_laps: whole(random, 20, 60), strokes: whole(random, 300, 900), pool_length: 25 }
    : {
        steps,
        distance: body.watch ? printedFloat(tenths(metres)) : Math.round(metres),
        elevation: body.watch ? null : climbed,
      }
  const calories = (seconds / 60) * between(random, 5, 11)
  const warmth = body.watch?.model_id === products.scanWatch2.model_id ? coreTemperature(random) : {}
  return {
    id,
    start,
    end,
    created,
    modified: created,
    wire: {
      id,
      category,
      timezone,
      model: body.watch?.model_id ?? products.phone.model_id,
      attrib: manual ? 2 : 7,
      startdate: start,
      enddate: end,
      date: dayOf(timezone, start),
      deviceid: body.watch?.deviceid ?? null,
      data: {
        calories: body.watch ? printedFloat(tenths(calories)) : Math.round(calories),
        intensity: body.watch ? 50 : 30,
        ...enteredOf(body, manual, Math.round(metres)),
        ...felt,
        ...warmth,
        pause_duration: chance(random, 0.2) ? whole(random, 30, 400) : 0,
        algo_pause_duration: swims ? whole(random, 0, 200) : null,
        ...moved,
      },
      modified: created,
    },
  }
}

export const workoutsOf =
  (body: Body) =>
  (month: number): ReadonlyArray<Row<Workout>> =>
    daysOf(month).flatMap((day) => {
      const random = randomOf(`${body.seed}/${day}/works-out`)
      if (!chance(random, 0.35)) return []
      const start = Math.round(epochOf(body.timezone, day, between(random, 8, 19) * 3600))
      const seconds = whole(random, 15, 90) * 60
      const created = start + seconds + whole(random, 120, 7200)
      const category = categories[whole(random, 0, categories.length - 1)] ?? 1
      return [workoutAt(body, { id: idOf(body, day, 0), category, start, seconds, created })]
    })
