import { mean } from "d3-array"
import type { InBed } from "../chart/nights.ts"
import { statisticsOf } from "../chart/statistics.ts"
import { pressureClass, pressureClasses, type Pressure } from "../chart/pressure.ts"
import type { Text } from "../text/words.ts"

const hourOf = (at: number): number => new Date(at * 1000).getHours()

/** The times of day that guidelines for home measurements distinguish. */
export const timesOfDay: ReadonlyArray<{ name: Text; isIn: (pressure: Pressure) => boolean }> = [
  { name: ["All", "Tous", "Alle"], isIn: () => true },
  {
    name: ["Mornings (4 to 12)", "Matins (4 h à 12 h)", "Morgens (4 bis 12 Uhr)"],
    isIn: ({ at }) => hourOf(at) >= 4 && hourOf(at) < 12,
  },
  {
    name: ["Evenings (from 17)", "Soirs (dès 17 h)", "Abends (ab 17 Uhr)"],
    isIn: ({ at }) => hourOf(at) >= 17,
  },
]

interface PressureSummary {
  readonly count: number
  readonly mean: Omit<Pressure, "at">
  readonly systolic: readonly [min: number, max: number]
  readonly diastolic: readonly [min: number, max: number]
}

export const pressureSummary = (pressures: ReadonlyArray<Pressure>): PressureSummary | null => {
  const systolic = statisticsOf(pressures.map((one) => [one.at, one.systolic]))
  const diastolic = statisticsOf(pressures.map((one) => [one.at, one.diastolic]))
  if (systolic === null || diastolic === null) return null
  return {
    count: pressures.length,
    mean: { systolic: systolic.mean, diastolic: diastolic.mean },
    systolic: [systolic.min, systolic.max],
    diastolic: [diastolic.min, diastolic.max],
  }
}

/** How many measurements are of each class. */
export const classCounts = (pressures: ReadonlyArray<Pressure>): ReadonlyArray<readonly [Text, number]> =>
  Object.entries(pressureClasses).map(([key, { name }]) => [
    name,
    pressures.filter((one) => pressureClass(one) === key).length,
  ])

/** The mean time of going to bed and getting up, as seconds after the noon before. */
export const meanNight = (nights: ReadonlyArray<InBed>): InBed | null => {
  const afterNoon = (at: number) => {
    const time = new Date(at * 1000)
    return ((time.getHours() + 12) % 24) * 3600 + time.getMinutes() * 60
  }
  const [from, to] = [
    mean(nights, (night) => afterNoon(night.from)),
    mean(nights, (night) => afterNoon(night.to)),
  ]
  return from === undefined || to === undefined ? null : { from, to }
}
