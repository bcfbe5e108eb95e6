import { expect, it } from "vitest"
import { bounded, byKey, pinched, zoomed } from "./steering.ts"
import { endIn, viewIn } from "./view.ts"

const day = 86_400

it("zooms around a time", () => {
  expect(zoomed([0, 10_000], 5000, 0.5)).toEqual([2500, 7500])
  expect(zoomed([0, 10_000], 0, 0.5)).toEqual([0, 5000])
  const [from, to] = zoomed([0, 700], 350, 0.01)
  expect(to - from).toBe(600)
})

it("keeps the time under each finger", () => {
  const [from, to] = pinched([0, 1000 * 60], [250, 750], [100, 900], 1000)
  const at = (pixel: number) => from + (pixel / 1000) * (to - from)
  expect(Math.round(at(100))).toBe(15_000)
  expect(Math.round(at(900))).toBe(45_000)
  expect(pinched([0, 1000], [1, 2], [1, 900], 1000)).toEqual([0, 1000])
})

it("does not move into the future", () => {
  expect(bounded([500 * day, 600 * day], 550 * day)).toEqual([450 * day, 550 * day])
})

it("reacts to its keys only", () => {
  expect(byKey("+", [0, 10_000], 5000)).toEqual([2500, 7500])
  expect(byKey("PageUp", [10_000, 20_000], 0)).toEqual([2000, 12_000])
  expect(byKey("0", [0, 1], 0)).toBeNull()
  expect(byKey("Tab", [0, 1], 0)).toBeUndefined()
})

it("ends at the chosen date, and never in the future", () => {
  const now = Date.parse("2026-11-21T12:00:00Z") / 1000
  const [from, to] = viewIn({ range: "week", until: "2026-05-03" }, now)
  expect(to).toBe(endIn({ until: "2026-05-03" }))
  expect(to - from).toBe(7 * day)
  expect(viewIn({ until: "2030-01-01" }, now)[1]).toBe(now)
  expect(viewIn({ range: "all" }, now)[0]).toBe(0)
  expect(endIn({ until: "soon" })).toBeNull()
})
