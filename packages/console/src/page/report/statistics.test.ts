import { expect, it } from "vitest"
import { classCounts, meanNight, pressureSummary, timesOfDay } from "./statistics.ts"
import { statisticsOf } from "../chart/statistics.ts"

const at = (time: string) => new Date(`2026-11-20T${time}:00`).getTime() / 1000
const pressures = [
  { at: at("07:00"), systolic: 142, diastolic: 88 },
  { at: at("13:00"), systolic: 118, diastolic: 68 },
  { at: at("21:30"), systolic: 124, diastolic: 76 },
]

it("summarises values; null for none", () => {
  expect(statisticsOf([])).toBeNull()
  expect(
    statisticsOf([
      [1, 80],
      [2, 82],
      [3, 78],
    ]),
  ).toEqual({
    count: 3,
    mean: 80,
    min: 78,
    max: 82,
    first: 80,
    last: 78,
  })
})

it("separates mornings and evenings", () => {
  const means = timesOfDay.map(({ isIn }) => pressureSummary(pressures.filter(isIn))?.mean.systolic)
  expect(means).toEqual([128, 142, 124])
  expect(classCounts(pressures).map(([, count]) => count)).toEqual([1, 1, 1])
  expect(pressureSummary([])).toBeNull()
})

it("finds the mean bedtime around midnight", () => {
  const night = (from: string, to: string) => ({ from: at(from), to: at(to) })
  const mean = meanNight([night("23:30", "06:00"), night("00:30", "08:00")])
  // Noon and twelve hours is midnight; and nineteen hours is seven o'clock.
  expect(mean).toEqual({ from: 12 * 3600, to: 19 * 3600 })
  expect(meanNight([])).toBeNull()
})
