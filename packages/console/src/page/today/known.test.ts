import type { Feature } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { knownOf, shareOf } from "./known.ts"

const feature = (key: string, value: number | null): Feature => ({
  key,
  kind: key,
  nature: "value",
  category: "body",
  name: { en: key, fr: key },
  unit: null,
  decimals: 0,
  min: 0,
  max: 100,
  reading: value === null ? null : { value, at: 1, stale: false },
})

it("finds only features with a reading", () => {
  const of = knownOf([feature("weight", 72), feature("steps", null)])
  expect(of("weight")?.reading.value).toBe(72)
  expect(of("steps")).toBeNull()
  expect(of("height")).toBeNull()
})

it("limits the share of a goal to 1, and has none without a goal", () => {
  expect(shareOf(5000, 10_000)).toBe(0.5)
  expect(shareOf(15_000, 10_000)).toBe(1)
  expect(shareOf(5000, 0)).toBeNull()
  expect(shareOf(5000, null)).toBeNull()
})
