import { localDay } from "../measure/localDay.ts"
import { timeOfDay } from "../measure/timeOfDay.ts"
import type { PastValue } from "../rule/Rule.ts"

const hour = 3600
const day = 24 * hour
const leastDays = 3

export interface Pressure {
  readonly systolic: number
  readonly diastolic: number
}

export interface PressureWeek {
  readonly morning: Pressure | null
  readonly evening: Pressure | null
  /** Of all mornings and evenings; null with readings of fewer than three days, which the guidelines want at least. */
  readonly mean: Pressure | null
}

/**
 * Means of the seven days until `now`: mornings are 4:00 to 12:00, evenings 16:00 to 24:00 where the person is. Seven
 * days, and three at least: G. Parati et al., position paper of the European Society of Hypertension, Journal of
 * Hypertension 39 (2021), 1742–1767. Readings of 2,122 people support that, and show that leaving the first day out
 * matters little with more than three days (https://www.phc.ox.ac.uk/publications/1266257). Here every day counts,
 * because a sliding week has no first day.
 */
export const pressureWeek = (
  systolic: ReadonlyArray<PastValue>,
  diastolic: ReadonlyArray<PastValue>,
  now: number,
  timezone: string,
): PressureWeek => {
  const lower = new Map(diastolic.map(({ at, value }) => [at, value]))
  const readings = systolic
    .filter(({ at }) => at > now - 7 * day && at <= now)
    .flatMap(({ at, value }) => {
      const other = lower.get(at)
      const clock = timeOfDay(at, timezone)
      return other === undefined || clock === null ? [] : [{ at, systolic: value, diastolic: other, clock }]
    })
  const morning = readings.filter(({ clock }) => clock >= 4 * hour && clock < 12 * hour)
  const evening = readings.filter(({ clock }) => clock >= 16 * hour)
  const both = [...morning, ...evening]
  const days = new Set(both.map(({ at }) => localDay(at, timezone)))
  return {
    morning: meanOf(morning),
    evening: meanOf(evening),
    mean: days.size < leastDays ? null : meanOf(both),
  }
}

const meanOf = (readings: ReadonlyArray<Pressure>): Pressure | null => {
  if (readings.length === 0) return null
  const mean = (of: (pressure: Pressure) => number) =>
    readings.reduce((sum, pressure) => sum + of(pressure), 0) / readings.length
  return { systolic: mean((each) => each.systolic), diastolic: mean((each) => each.diastolic) }
}

/** From which home mean a class begins: systolic or diastolic, in mmHg; the highest class that begins counts. */
const classes = {
  /**
   * J. W. McEvoy et al., 2024 ESC Guidelines, European Heart Journal 45 (2024), 3912–4018, doi:10.1093/eurheartj/ehae178.
   * Hypertension at home is from 135/85 on. Elevated is from 120/70 on in the office. Home readings of 120 and of 80
   * are told to correspond to the same in the office (the table of ACC/AHA below); that 70 does too is taken from that.
   */
  "esc-2024": [
    [120, 70],
    [135, 85],
  ],
  /**
   * P. K. Whelton et al., 2017 ACC/AHA Guideline, Hypertension 71 (2018), e13–e115, doi:10.1161/HYP.0000000000000065:
   * office 120/80, 130/80 and 140/90 correspond to home 120/80, 130/80 and 135/85. Elevated is by the systolic value
   * alone, below 80 diastolic.
   */
  "acc-aha-2017": [
    [120, Infinity],
    [130, 80],
    [135, 85],
  ],
} as const satisfies Record<string, ReadonlyArray<readonly [number, number]>>

export type Guideline = keyof typeof classes

/** The number of the class, from 0; a class is a range of a guideline, no diagnosis. */
export const pressureClass = (guideline: Guideline, { diastolic, systolic }: Pressure): number =>
  classes[guideline].findLastIndex(([upper, lower]) => systolic >= upper || diastolic >= lower) + 1
