import { describe, expect, it } from "vitest"
import { imperialOf } from "./imperial.ts"
import { kindOf, measureKinds } from "./measureKinds.ts"

const told = (key: string, value: number) => {
  const imperial = imperialOf(key, kindOf(key))
  return imperial === null
    ? null
    : `${imperial.convert(value).toFixed(imperial.decimals)} ${imperial.unit?.symbol}`
}

describe("imperial units", () => {
  it("converts each kind to its customary unit", () => {
    expect(told("weight", 72.4)).toBe("159.6 lb")
    expect(told("height", 1.8)).toBe("70.9 in")
    expect(told("distance", 1609.344)).toBe("1.00 mi")
    expect(told("workout-pool-length", 22.86)).toBe("25 yd")
    expect(told("body-temperature", 37)).toBe("98.6 °F")
  })

  it("leaves kinds without an imperial unit alone", () => {
    expect(told("heart-rate", 60)).toBeNull()
    expect(told("steps", 60)).toBeNull()
    expect(told("blood-pressure-systolic", 120)).toBeNull()
  })

  it("comes back to the metric value and keeps min below max", () => {
    for (const kind of Object.values(measureKinds)) {
      const imperial = imperialOf(kind.key, kind)
      if (imperial === null) continue
      expect(imperial.back(imperial.convert(36.6))).toBeCloseTo(36.6, 9)
      expect(imperial.min).toBeLessThan(imperial.max)
    }
  })
})
