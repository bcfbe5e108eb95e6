import type { Device } from "./Device.ts"
import { between, chance, hash, randomOf, whole } from "./random.ts"

/** What stays the same about a person: their body, their habits, their devices. Everything else follows from it. */
export interface Body extends Readonly<ReturnType<typeof traitsOf>> {
  /** First and last second of the generated history. */
  readonly since: number
  readonly until: number
  /** When the old scale was replaced by today's. */
  readonly scaleReplacedAt: number
  readonly oldScale: Device
  readonly scale: Device
  readonly bloodPressureMonitor: Device
  readonly sleepMat: Device
  readonly thermometer: Device
  /** null: the telephone counts the steps. */
  readonly watch: Device | null
  /** Name of the person whom the scale sometimes confuses with this one. */
  readonly sharesScaleWith: string | null
}

const zones = [
  "Europe/Paris",
  "Europe/Paris",
  "America/New_York",
  "Europe/Paris",
  "Asia/Tokyo",
  "Australia/Sydney",
]

const names = [
  "Ann",
  "Ben",
  "Chloe",
  "David",
  "Emma",
  "Felix",
  "Grace",
  "Hugo",
  "Iris",
  "Jonas",
  "Kim",
  "Leo",
]

export const nameOf = (index: number): string => names[index] ?? `Person ${index + 1}`

export const zoneOf = (index: number): string => zones[index % zones.length] ?? "Europe/Paris"

export const traitsOf = (seed: string, name: string, timezone: string) => {
  const personSeed = `${seed}/${name}`
  const random = randomOf(`${personSeed}/body`)
  const height = Math.round(between(random, 155, 192)) / 100
  const weightThen = height * height * between(random, 22, 29)
  return {
    seed: personSeed,
    userid: 10_000_000 + (hash(`${personSeed}/userid`) % 80_000_000),
    name,
    timezone,
    /** Metres. */
    height,
    /** Kilograms at the start of history and after it. */
    weightThen,
    weightNow: weightThen * between(random, 0.9, 1.05),
    /** Share of the weight. */
    fat: between(random, 0.16, 0.31),
    systolic: between(random, 112, 134),
    diastolic: between(random, 70, 85),
    pulse: between(random, 54, 72),
    /** Seconds after local midnight. */
    getsUpAt: Math.round(between(random, 6, 8) * 3600),
    /** Seconds. */
    sleepsFor: Math.round(between(random, 6.6, 8.2) * 3600),
    stepsADay: whole(random, 5000, 11_000),
  }
}

/** The weight at a moment: a slow trend, the seasons and shorter swings. */
export const weightAt = (body: Body, epoch: number): number => {
  const way = Math.max(0, Math.min(1, (epoch - body.since) / Math.max(1, body.until - body.since)))
  const season = 0.9 * Math.cos((2 * Math.PI * epoch) / (365.25 * 86_400))
  const weeks = 0.4 * Math.sin((2 * Math.PI * epoch) / (23 * 86_400) + body.userid)
  return body.weightThen + (body.weightNow - body.weightThen) * way + season + weeks
}

/** Some spend two weeks of July abroad: rows of those days have another time zone. */
export const zoneAt = (body: Body, epoch: number): string => {
  const date = new Date(epoch * 1000)
  const travels = chance(randomOf(`${body.seed}/travel/${date.getUTCFullYear()}`), 0.5)
  const away = travels && date.getUTCMonth() === 6 && date.getUTCDate() >= 8 && date.getUTCDate() <= 21
  return away ? "America/Montreal" : body.timezone
}

export const scaleAt = (body: Body, epoch: number): Device =>
  epoch < body.scaleReplacedAt ? body.oldScale : body.scale
