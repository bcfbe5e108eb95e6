import { describe, expect, it } from "vitest"
import { personInRange, readWeightRange } from "./weightRange.ts"

describe("a weight range", () => {
  it("is a name and two weights in kilograms", () => {
    expect(readWeightRange("Ann 55-70")).toEqual({ person: "Ann", from: 55, to: 70 })
    expect(readWeightRange(" Anna Maria  55.5 – 70.25 kg")).toEqual({
      person: "Anna Maria",
      from: 55.5,
      to: 70.25,
    })
    expect(["Ann", "Ann 70-55", "55-70", "Ann 55", "Ann -5-70", ""].map(readWeightRange)).toEqual(
      Array.from({ length: 6 }, () => null),
    )
  })

  it("attributes a weight only if it is in the range of one person", () => {
    const ranges = ["Ann 55-70", "Ben 70-90", "ann 71-72"].flatMap((text) => readWeightRange(text) ?? [])
    expect([54.9, 55, 69.9, 70, 70.5, 71.5, 91].map((weight) => personInRange(ranges, weight))).toEqual([
      null,
      "ann",
      "ann",
      null,
      "ben",
      null,
      null,
    ])
  })
})
