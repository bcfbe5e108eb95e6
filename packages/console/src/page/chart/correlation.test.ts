import { expect, it } from "vitest"
import { fitOf, pairs } from "./correlation.ts"

const at = (date: string, hour: number) =>
  new Date(`${date}T${String(hour).padStart(2, "0")}:00:00`).getTime() / 1000

it("pairs what was measured on the same day", () => {
  const steps = {
    points: [[at("2026-11-20", 0), 5000] as const, [at("2026-11-21", 0), 7000] as const],
    isDaily: true,
  }
  const pulse = {
    points: [[at("2026-11-20", 7), 60] as const, [at("2026-11-20", 21), 70] as const],
    isDaily: false,
  }
  expect(pairs(steps, pulse)).toEqual([{ date: "2026-11-20", x: 5000, y: 65 }])
})

it("fits a line, but not to too few days", () => {
  const days = Array.from({ length: 9 }, (_, x) => ({ date: String(x), x, y: 3 - 2 * x }))
  const fit = fitOf(days)
  expect(fit?.correlation).toBeCloseTo(-1)
  expect(fit?.slope).toBeCloseTo(-2)
  expect(fit?.intercept).toBeCloseTo(3)
  expect(fitOf(days.slice(0, 4))).toBeNull()
  expect(fitOf(days.map((day) => ({ ...day, y: 1 })))).toBeNull()
})
