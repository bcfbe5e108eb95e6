import type { Feature } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { plausible, usualRange } from "./plausible.ts"

const feature: Feature = {
  key: "weight",
  kind: "weight",
  nature: "value",
  category: "body",
  name: { en: "Weight", fr: "Poids" },
  unit: null,
  decimals: 1,
  min: 0,
  max: 400,
  reading: null,
}

it("leaves out and counts implausible values", () => {
  const points = [
    [1, 72],
    [2, 9999],
    [3, 400],
  ] as const
  expect(plausible({ feature, points })).toEqual({ feature, points: [points[0], points[2]], leftOut: 1 })
})

it("keeps implausible values if there are no others", () => {
  expect(plausible({ feature, points: [[1, 9999]] })).toEqual({ feature, points: [[1, 9999]], leftOut: 0 })
})

it("finds the range of four in five values, but not of too few", () => {
  const points = Array.from({ length: 11 }, (_, index) => [index, 90 + index] as const)
  expect(usualRange(points)).toEqual([91, 99])
  expect(usualRange(points.slice(0, 5))).toBeNull()
})
