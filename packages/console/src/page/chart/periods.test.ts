import { expect, it } from "vitest"
import { beginningOf, byPeriod, periodIn } from "./periods.ts"

const at = (date: string) => new Date(`${date}T00:00:00`).getTime() / 1000
const dates = (points: ReadonlyArray<readonly [number, number]>) =>
  points.map(([time, value]) => [new Date(time * 1000).toDateString().slice(4, 10), value])

it("begins a week on the preferred day", () => {
  // 18 November 2026 is a Wednesday.
  const first = (day: number) => beginningOf(at("2026-11-18"), "week", day).getDate()
  expect([first(1), first(7), first(6), first(3)]).toEqual([16, 15, 14, 18])
})

it("gives the mean of the days that have a value", () => {
  const days = [
    [at("2026-10-30"), 1000],
    [at("2026-10-31"), 3000],
    [at("2026-11-02"), 5000],
  ] as const
  expect(dates(byPeriod(days, "day", 1))).toEqual([
    ["Oct 30", 1000],
    ["Oct 31", 3000],
    ["Nov 02", 5000],
  ])
  expect(byPeriod(days, "month", 1).map(([, value]) => value)).toEqual([2000, 5000])
  expect(byPeriod(days, "week", 7).map(([, value]) => value)).toEqual([2000, 5000])
})

it("chooses the period by the view, unless the address names one", () => {
  const days = (count: number) => [0, count * 86_400] as const
  expect([31, 366, 3653].map((count) => periodIn({}, days(count)))).toEqual(["day", "week", "month"])
  expect(periodIn({ by: "month" }, days(31))).toBe("month")
  expect(periodIn({ by: "moon" }, days(31))).toBe("day")
})
