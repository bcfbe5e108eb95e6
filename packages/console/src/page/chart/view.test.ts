import { expect, it } from "vitest"
import { pointsOf } from "./ranges.ts"
import { rangeIn, zoomIn, zoomOptions } from "./view.ts"

it("reads the range and zoom that it writes", () => {
  expect(rangeIn({ range: "year" }).key).toBe("year")
  const { from, to } = zoomOptions([1000.4, 2000.2])
  expect(zoomIn({ from: from ?? "", to: to ?? "" })).toEqual([1000, 2001])
})

it("ignores an invalid range or zoom", () => {
  expect(rangeIn({ range: "century" }).key).toBe("month")
  for (const zoom of [{}, { from: "1" }, { from: "9", to: "3" }, { from: "now", to: "then" }])
    expect(zoomIn(zoom)).toBeNull()
})

it("asks for every point where the values of two series belong together", () => {
  expect((["pressure", "workouts", "hypnogram"] as const).map(pointsOf)).toEqual([5000, 5000, 5000])
  expect(pointsOf("line")).toBe(1000)
})
