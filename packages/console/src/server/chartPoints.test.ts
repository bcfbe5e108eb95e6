import { expect, it } from "vitest"
import { sums } from "./chartPoints.ts"

it("sums counts of minutes by hour, and keeps the total", () => {
  const minutes = Array.from({ length: 150 }, (_, index) => ({ at: 7200 + index * 60, value: index % 7 }))
  const hours = sums(minutes, 3600)
  expect(hours.map(({ at }) => at)).toEqual([9000, 12_600, 16_200])
  const total = (points: ReadonlyArray<{ value: number }>) =>
    points.reduce((sum, { value }) => sum + value, 0)
  expect(total(hours)).toBe(total(minutes))
})
