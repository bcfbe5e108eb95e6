import { zoneAt, type Body } from "../household/Body.ts"
import { products, type Device } from "../household/Device.ts"
import { between, chance, normal, randomOf, whole, type Random } from "../household/random.ts"
import { dayOf, epochOf } from "../household/zone.ts"
import { daysOf } from "./History.ts"
import type { Row } from "./Row.ts"
import { idOf } from "./rowId.ts"

/** 0 awake, 1 light, 2 deep, 3 REM, 4 manual, 5 unspecified. */
export interface Stage {
  readonly start: number
  readonly end: number
  readonly state: number
}

/** A night as getsummary answers it, with every data field. */
export interface NightSummary {
  readonly id: number
  readonly timezone: string
  /** 16 watch, 32 mat. */
  readonly model: number
  readonly model_id: number
  readonly hash_deviceid: string | null
  readonly startdate: number
  readonly enddate: number
  readonly date: string
  readonly data: Readonly<Record<string, number | string | null>>
  /** Documented, but in no recording of a mat: only nights of a watch have it. */
  readonly completed?: boolean
  readonly created: number
  readonly modified: number
}

export interface Night {
  readonly summary: NightSummary
  readonly stages: ReadonlyArray<Stage>
  readonly model: string
}

const aMinute = 60

/** Cycles of about ninety minutes: deep sleep early, REM late, sometimes awake in between. */
const stagesOf = (random: Random, start: number, end: number): Array<Stage> => {
  const stages: Array<Stage> = []
  const reached = (): number => stages.at(-1)?.end ?? start
  const add = (state: number, minutes: number, latest = end): void => {
    const at = reached()
    const until = Math.min(latest, at + Math.max(1, Math.round(minutes)) * aMinute)
    if (until > at) stages.push({ start: at, end: until, state })
  }
  add(0, between(random, 4, 25))
  const wakesAt = end - Math.round(between(random, 1, 15)) * aMinute
  for (let cycle = 0; reached() < wakesAt; cycle++) {
    add(1, between(random, 15, 35), wakesAt)
    add(2, between(random, 10, 45) / (1 + cycle * 0.5), wakesAt)
    add(1, between(random, 8, 25), wakesAt)
    add(3, between(random, 5, 12) * (1 + cycle), wakesAt)
    if (chance(random, 0.4)) add(0, between(random, 1, 9), wakesAt)
  }
  add(0, (end - reached()) / aMinute)
  return stages
}

const total = (stages: ReadonlyArray<Stage>, ...states: ReadonlyArray<number>): number =>
  stages.reduce((sum, stage) => sum + (states.includes(stage.state) ? stage.end - stage.start : 0), 0)

/** Derived from the stages, so that both actions agree. */
const dataOf = (body: Body, random: Random, stages: ReadonlyArray<Stage>): NightSummary["data"] => {
  const first = stages[0]
  const last = stages.at(-1)
  const start = first?.start ?? 0
  const inBed = (last?.end ?? 0) - start
  const asleep = total(stages, 1, 2, 3)
  const latency = first && first.state === 0 ? first.end - first.start : 0
  const wakeupLatency = last && last.state === 0 && stages.length > 1 ? last.end - last.start : 0
  const awake = total(stages, 0)
  const inner = stages.slice(1, -1).filter((stage) => stage.state === 0)
  const outOfBed = inner.filter(() => chance(random, 0.3))
  const heart = normal(random, body.pulse, 3)
  const breath = normal(random, 14.5, 0.8)
  const snoring = chance(random, 0.4) ? whole(random, 1, 60) * aMinute : 0
  const disturbances = chance(random, 0.12) ? -1 : whole(random, 1, 12)
  const round = Math.round
  return {
    total_timeinbed: inBed,
    total_sleep_time: asleep,
    asleepduration: asleep,
    lightsleepduration: total(stages, 1),
    remsleepduration: total(stages, 3),
    deepsleepduration: total(stages, 2),
    sleep_efficiency: inBed > 0 ? round((100 * asleep) / inBed) / 100 : 0,
    sleep_latency: latency,
    wakeup_latency: wakeupLatency,
    wakeupduration: awake,
    wakeupcount: inner.length,
    waso: Math.max(0, awake - latency - wakeupLatency),
    nb_rem_episodes: stages.filter((stage) => stage.state === 3).length,
    durationtosleep: latency,
    durationtowakeup: wakeupLatency,
    out_of_bed_count: outOfBed.length,
    hr_average: round(heart),
    hr_min: round(heart - between(random, 6, 12)),
    hr_max: round(heart + between(random, 15, 35)),
    rr_average: round(breath),
    rr_min: round(breath - 4),
    rr_max: round(breath + 6),
    breathing_quality_assessment: disturbances,
    breathing_disturbances_intensity: disturbances,
    snoring,
    snoringepisodecount: Math.ceil(snoring / (7 * aMinute)),
    sleep_score: Math.max(10, Math.min(100, round(100 * (asleep / (7.5 * 3600)) - inner.length * 2))),
    night_events: nightEvents({
      asleep: latency,
      awake: inBed - wakeupLatency,
      left: [...outOfBed.map((stage) => stage.start - start), inBed],
    }),
    apnea_hypopnea_index: disturbances,
    ...restOf(random),
    withings_index: disturbances,
    breathing_sounds: snoring,
    breathing_sounds_episode_count: Math.ceil(snoring / (9 * aMinute)),
    ...chestOf(breath),
    ...noCoreTemperature,
  }
}

/** Movement and heart-rate variability. */
const restOf = (random: Random) => ({
  mvt_score_avg: whole(random, 5, 40),
  mvt_active_duration: whole(random, 10, 60) * aMinute,
  rmssd_start_avg: Math.round(normal(random, 38, 6)),
  rmssd_end_avg: Math.round(normal(random, 45, 6)),
})

/** Into bed, asleep, awake, out of bed: each in seconds since the night began. */
const nightEvents = (events: {
  readonly asleep: number
  readonly awake: number
  readonly left: ReadonlyArray<number>
}): string => JSON.stringify({ 1: [0], 2: [events.asleep], 3: [events.awake], 4: events.left })

/** Chest movement, which is answered under two names. */
const chestOf = (breath: number) => {
  const average = Math.round(breath)
  const min = Math.round(breath - 4)
  const max = Math.round(breath + 6)
  return {
    chest_movement_rate_wellness_average: average,
    chest_movement_rate_wellness_min: min,
    chest_movement_rate_wellness_max: max,
    chest_movement_rate_average: average,
    chest_movement_rate_min: min,
    chest_movement_rate_max: max,
  }
}

const noCoreTemperature = {
  core_body_temperature_min: null,
  core_body_temperature_max: null,
  core_body_temperature_avg: null,
  core_body_temperature_status: null,
}

/** A watch records nights away from home, and a ScanWatch 2 sometimes at home, too. */
const sleptWith = (body: Body, start: number, timezone: string): Device => {
  const { sleepMat, watch } = body
  if (watch === null) return sleepMat
  const away = timezone !== body.timezone
  const wears =
    watch.model_id === products.scanWatch2.model_id &&
    chance(randomOf(`${body.seed}/night/${start}/worn`), 0.3)
  return away || wears ? watch : sleepMat
}

/** ScanWatch 2 measures the core temperature, which a mat cannot. */
const warmthOf = (device: Device, start: number): NightSummary["data"] => {
  if (device.model_id !== products.scanWatch2.model_id) return {}
  const average = Math.round(10 * between(randomOf(`${device.deviceid}/${start}/warmth`), 36.2, 37.2)) / 10
  return {
    core_body_temperature_min: Math.round(10 * (average - 0.4)) / 10,
    core_body_temperature_max: Math.round(10 * (average + 0.5)) / 10,
    core_body_temperature_avg: average,
    core_body_temperature_status: average > 37 ? "elevated" : "usual",
  }
}

export interface NightFacts {
  readonly id: number
  readonly start: number
  readonly end: number
  readonly created: number
  readonly modified: number
}

export const nightAt = (body: Body, { id, start, end, created, modified }: NightFacts): Row<Night> => {
  const random = randomOf(`${body.seed}/night/${start}`)
  const stages = stagesOf(random, start, end)
  const timezone = zoneAt(body, end)
  const device = sleptWith(body, start, timezone)
  const summary: NightSummary = {
    id,
    timezone,
    model: device === body.sleepMat ? 32 : 16,
    model_id: device.model_id,
    hash_deviceid: device.hash_deviceid,
    startdate: start,
    enddate: end,
    date: dayOf(timezone, end),
    data: { ...dataOf(body, random, stages), ...warmthOf(device, start) },
    ...(device === body.sleepMat ? {} : { completed: true }),
    created,
    modified,
  }
  return { id, start, end, created, modified, wire: { summary, stages, model: device.model } }
}

/**
 * Recorded: someone got up and lay down again 70 minutes before the end of the night, without an event of getting up
 * after that. Times are not sorted.
 */
const endsInBed = (night: Row<Night>): Row<Night> => {
  const { summary } = night.wire
  const out = summary.enddate - summary.startdate - 4320
  const events = { 1: [0, out + 60], 2: [out + 300, 720], 3: [out - 300], 4: [out, 4320] }
  const data = { ...summary.data, night_events: JSON.stringify(events) }
  return { ...night, wire: { ...night.wire, summary: { ...summary, data } } }
}

const nightsOfDay = (body: Body, day: number): Array<Row<Night>> => {
  const random = randomOf(`${body.seed}/${day}/sleeps`)
  const morning = epochOf(body.timezone, day, body.getsUpAt)
  const away = zoneAt(body, morning) !== body.timezone
  if (chance(random, 0.03) || (away && !body.watch)) return []
  const wholeMinute = (epoch: number): number => Math.round(epoch / aMinute) * aMinute
  const end = wholeMinute(morning + normal(random, 0, 25 * aMinute))
  const start = wholeMinute(end - body.sleepsFor - normal(random, 20 * aMinute, 30 * aMinute))
  const created = end + whole(random, 5, 90) * aMinute
  // Real answers have `modified` a second before `created` in every third night.
  const modified = chance(random, 0.35) ? created - 1 : created
  const slept = nightAt(body, { id: idOf(body, day, 0), start, end, created, modified })
  const night = chance(randomOf(`${body.seed}/${day}/lies-down-again`), 0.03) ? endsInBed(slept) : slept
  if (!chance(random, 0.02)) return [night]
  const napStart = wholeMinute(morning + between(random, 6, 8) * 3600)
  const napEnd = napStart + whole(random, 61, 100) * aMinute
  const nap = {
    id: idOf(body, day, 1),
    start: napStart,
    end: napEnd,
    created: napEnd + 600,
    modified: napEnd + 600,
  }
  return [night, nightAt(body, nap)]
}

export const nightsOf =
  (body: Body) =>
  (month: number): ReadonlyArray<Row<Night>> =>
    daysOf(month).flatMap((day) => nightsOfDay(body, day))
