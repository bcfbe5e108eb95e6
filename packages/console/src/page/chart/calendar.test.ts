import { expect, it } from "vitest"
import { calendarOf, levelsOf } from "./calendar.ts"

const noon = (date: string) => new Date(`${date}T12:00:00`).getTime() / 1000
const midnight = (date: string) => noon(date) - 43_200

it("has every day of a year once, in whole weeks from the first day of the week", () => {
  const days = calendarOf([[midnight("2026-11-21"), 9000]], noon("2026-11-21"), 1, true)
  expect(new Set(days.map(({ date }) => date)).size).toBe(days.length)
  expect(days.length).toBeGreaterThanOrEqual(365)
  expect(new Date((days[0]?.at ?? 0) * 1000).getDay()).toBe(1)
  expect(days.at(-1)).toMatchObject({ date: "2026-11-21", value: 9000, weekday: 5 })
  expect(days.at(-2)?.value).toBeNull()
})

it("colours by quarters of the goal, or among the days", () => {
  const days = [1, 2, 3, 4, 5].map((value) => ({ date: "", at: 0, week: 0, weekday: 0, value }))
  expect([0, 2500, 9999, 10_000].map(levelsOf(days, 10_000))).toEqual([1, 2, 4, 5])
  expect(levelsOf(days, null)(5)).toBe(5)
  expect(levelsOf(days, null)(1)).toBeLessThan(3)
})
