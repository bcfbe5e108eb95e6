import { expect, it } from "vitest"
import { movingMean, spreads, withGaps } from "./gaps.ts"
import { lastNight, nightsOf, onTheClock, rowOf, stagesOf } from "./nights.ts"
import { pressureClass, pressuresOf } from "./pressure.ts"

it("breaks a line where nothing was measured for too long", () => {
  const points = [
    [0, 1],
    [10, 2],
    [100, 3],
  ] as const
  expect(withGaps(points, 50)).toEqual([points[0], points[1], [11, null], points[2]])
  expect(withGaps(points, 200)).toEqual(points)
})

it("does not take left-out points for a gap", () => {
  const points = [0, 100, 200].map((at) => [at, 1] as const)
  expect(withGaps(points, 50, 100)).toEqual(points)
})

it("keeps the lowest and the highest of every stretch", () => {
  const points = Array.from({ length: 600 }, (_, index) => [index * 10, (index * 37) % 101] as const)
  const found = spreads(points, [0, 6000], 10)
  expect(found).toHaveLength(10)
  expect(Math.min(...found.map(({ low }) => low))).toBe(Math.min(...points.map(([, value]) => value)))
  expect(Math.max(...found.map(({ high }) => high))).toBe(Math.max(...points.map(([, value]) => value)))
  for (const { high, low, middle } of found) expect(low <= middle && middle <= high).toBe(true)
})

it("smooths a weight without leaving its range", () => {
  const points = Array.from({ length: 50 }, (_, index) => [index * 86_400, 80 + (index % 2)] as const)
  const smooth = movingMean(points, 10 * 86_400)
  expect(smooth).toHaveLength(50)
  for (const [, value] of smooth) expect(value >= 80 && value <= 81).toBe(true)
})

it("fills nights with their stages, and leaves days empty", () => {
  const nights = nightsOf([
    [30_000, 28_000],
    [116_400, 28_000],
  ])
  const states = [
    [2000, 0],
    [3000, 1],
    [9000, 2],
    [88_400, 1],
  ] as const
  expect(stagesOf(states, nights)).toEqual([
    { state: 0, from: 2000, to: 3000 },
    { state: 1, from: 3000, to: 9000 },
    { state: 2, from: 9000, to: 30_000 },
    { state: 1, from: 88_400, to: 116_400 },
  ])
})

it("draws awake above REM, REM above light, light above deep", () => {
  expect([0, 3, 1, 2].map(rowOf)).toEqual([0, 1, 2, 3])
})

it("takes the longer of two reports of the last night", () => {
  const [mat, watch] = [
    { from: 100, to: 900 },
    { from: 200, to: 950 },
  ]
  expect(lastNight([{ from: 0, to: 50 }, mat, watch])).toEqual(mat)
  expect(lastNight([])).toBeNull()
})

it("puts a night that begins after midnight on the day before", () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime() / 1000
  const early = onTheClock({ from: at(20, 22), to: at(21, 6) })
  const late = onTheClock({ from: at(21, 1), to: at(21, 9) })
  expect([early.from, early.to, late.from, late.to]).toEqual([10, 18, 13, 21])
  expect(early.day).toBe(late.day)
})

it("pairs both pressures and takes the higher of their classes", () => {
  expect(
    pressuresOf(
      [
        [1, 118],
        [2, 125],
      ],
      [[1, 65]],
    ),
  ).toEqual([{ at: 1, systolic: 118, diastolic: 65 }])
  expect(pressureClass({ systolic: 119, diastolic: 69 })).toBe("pressureNormal")
  expect(pressureClass({ systolic: 110, diastolic: 75 })).toBe("pressureElevated")
  expect(pressureClass({ systolic: 120, diastolic: 60 })).toBe("pressureElevated")
  expect(pressureClass({ systolic: 130, diastolic: 90 })).toBe("pressureHigh")
})
