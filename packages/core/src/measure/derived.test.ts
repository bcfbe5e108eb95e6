import { describe, expect, it } from "vitest"
import { bodyMassIndex, changeOver, daysSince, distanceToGoal } from "./derived.ts"

const day = 86_400

describe("derived measures", () => {
  it("computes the body mass index, null without a height", () => {
    expect(bodyMassIndex(81, 1.8)).toBeCloseTo(25, 10)
    expect(bodyMassIndex(81, 0)).toBeNull()
  })

  it("counts whole days, 0 for the future", () => {
    expect(daysSince(0, 3 * day - 1)).toBe(2)
    expect(daysSince(0, 3 * day)).toBe(3)
    expect(daysSince(day, 0)).toBe(0)
  })

  it("is the distance to a goal", () => {
    expect(distanceToGoal(7000, 10_000)).toBe(3000)
    expect(distanceToGoal(72, 70)).toBe(-2)
  })

  it("compares with the newest value that is old enough, in any order of history", () => {
    const history = [
      { at: 100 * day, value: 70 },
      { at: 94 * day, value: 71 },
      { at: 92 * day, value: 72 },
      { at: 85 * day, value: 73 },
    ]
    expect(changeOver(history, 7)).toBe(-2)
    expect(changeOver(history.toReversed(), 7)).toBe(-2)
    expect(changeOver(history, 30)).toBeNull()
  })

  it("does not compare with another season", () => {
    expect(
      changeOver(
        [
          { at: 100 * day, value: 70 },
          { at: 70 * day, value: 80 },
        ],
        7,
      ),
    ).toBeNull()
    expect(changeOver([], 7)).toBeNull()
  })
})
