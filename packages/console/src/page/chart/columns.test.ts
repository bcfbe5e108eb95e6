import { expect, it } from "vitest"
import { columnsOf } from "./columns.ts"

const view = [0, 1000] as const

it("stacks the parts, and keeps the value of each for the tooltip", () => {
  const { rows, times, values } = columnsOf("stack", [[[1, 5]], [[1, 2]], [[2, 4]]], 0, view)
  expect(times).toEqual([1, 2])
  expect(rows).toEqual([
    [7, null],
    [2, null],
    [null, 4],
  ])
  expect(values[0]).toEqual([5, null])
})

it("draws a band between the extremes, with gaps", () => {
  const night = (start: number) =>
    Array.from({ length: 100 }, (_, index) => [start + index * 60, 50 + (index % 9)] as const)
  const { rows, times } = columnsOf("band", [[...night(0), ...night(60_000)]], 7200, [0, 66_000])
  const [high = [], low = [], middle = []] = rows
  expect(times.length).toBe(high.length)
  expect(high.filter((value) => value === null)).toHaveLength(1)
  expect(Math.max(...high.map((value) => value ?? 0))).toBe(58)
  expect(Math.min(...low.map((value) => value ?? 99))).toBe(50)
  expect(middle.indexOf(null)).toBe(high.indexOf(null))
})

it("keeps every weighing next to the trend", () => {
  const points = [
    [0, 80],
    [86_400, 82],
  ] as const
  const { rows } = columnsOf("trend", [points], 0, view)
  expect(rows[1]).toEqual([80, 82])
  expect(rows[0]?.[1]).toBeLessThan(81)
})

it("compares two lines with different times and gaps", () => {
  const first = [0, 10, 20, 30, 900].map((at) => [at, at / 10] as const)
  const second = [5, 15, 25].map((at) => [at, 7] as const)
  const { rows, times } = columnsOf("compared", [first, second], 100, view)
  expect(times).toEqual([0, 5, 10, 15, 20, 25, 30, 31, 900])
  // undefined: the line goes on; null: it is broken.
  expect(rows[0]).toEqual([0, undefined, 1, undefined, 2, undefined, 3, null, 90])
  expect(rows[1]).toEqual([undefined, 7, undefined, 7, undefined, 7, undefined, undefined, undefined])
})
