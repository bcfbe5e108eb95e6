import { expect, it } from "vitest"
import { heightOf, stripsOf } from "./ecgStrip.ts"

it("draws a second as 25 mm and a millivolt as 10 mm", () => {
  // Two seconds at 100 Hz, at rest but for one millivolt after half a second.
  const signal = Array.from({ length: 200 }, (_, index) => (index === 50 ? 1040 : 40))
  const [strip, ...others] = stripsOf(signal, 100, 10)
  expect(others).toEqual([])
  expect(strip?.points[50]).toEqual([12.5, 10])
  expect(strip?.points[100]).toEqual([25, 0])
})

it("cuts a long recording into strips of whole squares", () => {
  const strips = stripsOf(
    Array.from({ length: 9000 }, (_, index) => (index % 300 === 0 ? 1600 : 0)),
    300,
    8,
  )
  expect(strips.map(({ from }) => from)).toEqual([0, 8, 16, 24])
  expect(strips.at(-1)?.points).toHaveLength(1800)
  expect(heightOf(strips)).toEqual([20, 10])
})
