import { expect, it } from "vitest"
import { averages, sums } from "./chartPoints.ts"

const day = 86_400

it("makes weeks of days, each with the mean of the days it has", () => {
  const days = Array.from({ length: 10 }, (_, index) => ({ at: 1000 + index * day, value: index }))
  expect(averages(days, 7 * day)).toEqual([
    { at: 1000, value: 3 },
    { at: 1000 + 7 * day, value: 8 },
  ])
  expect(averages([], 7 * day)).toEqual([])
})

it("adds up what is counted by the minute, and keeps the total", () => {
  const minutes = Array.from({ length: 150 }, (_, index) => ({ at: 7200 + index * 60, value: index % 7 }))
  const hours = sums(minutes, 3600)
  expect(hours.map(({ at }) => at)).toEqual([9000, 12_600, 16_200])
  const total = (points: ReadonlyArray<{ value: number }>) =>
    points.reduce((sum, { value }) => sum + value, 0)
  expect(total(hours)).toBe(total(minutes))
})
