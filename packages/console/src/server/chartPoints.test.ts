import { expect, it } from "vitest"
import { averages } from "./chartPoints.ts"

const day = 86_400

it("makes weeks of days, each with the mean of the days it has", () => {
  const days = Array.from({ length: 10 }, (_, index) => ({ at: 1000 + index * day, value: index }))
  expect(averages(days, 7 * day)).toEqual([
    { at: 1000, value: 3 },
    { at: 1000 + 7 * day, value: 8 },
  ])
  expect(averages([], 7 * day)).toEqual([])
})
