import { assert, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { localDay } from "../measure/localDay.ts"
import { byDay, inPeriods, type Period } from "./aggregate.ts"
import type { Point } from "./reducePoints.ts"

const aggregate = (points: ReadonlyArray<Point>, period: Period, timezone: string) =>
  inPeriods([...byDay(points, timezone)], period)
const at = (iso: string) => Date.parse(iso) / 1000

it("counts a day where the person lives, over both changes of the clock", () => {
  const points = [
    // 29 March 2026 has 23 hours in Paris, 25 October has 25.
    { at: at("2026-03-28T22:59:59Z"), value: 1 },
    { at: at("2026-03-28T23:00:00Z"), value: 2 },
    { at: at("2026-03-29T21:59:59Z"), value: 4 },
    { at: at("2026-03-29T22:00:00Z"), value: 8 },
    { at: at("2026-10-24T22:00:00Z"), value: 16 },
    { at: at("2026-10-25T22:59:59Z"), value: 32 },
    { at: at("2026-10-25T23:00:00Z"), value: 64 },
  ]
  assert.deepStrictEqual(
    aggregate(points, "day", "Europe/Paris").map(({ count, date, last, max, mean, min }) => [
      date,
      count,
      min,
      max,
      mean,
      last.value,
    ]),
    [
      ["2026-03-28", 1, 1, 1, 1, 1],
      ["2026-03-29", 2, 2, 4, 3, 4],
      ["2026-03-30", 1, 8, 8, 8, 8],
      ["2026-10-25", 2, 16, 32, 24, 32],
      ["2026-10-26", 1, 64, 64, 64, 64],
    ],
  )
})

it("begins a week on Monday and a month on its first, whatever the year", () => {
  const points = [{ at: at("2027-01-03T12:00:00Z"), value: 1 }]
  assert.strictEqual(aggregate(points, "week", "UTC")[0]?.date, "2026-12-28")
  assert.strictEqual(aggregate(points, "month", "UTC")[0]?.date, "2027-01-01")
  assert.strictEqual(aggregate(points, "day", "Nowhere/Atlantis")[0]?.date, "2027-01-03")
  assert.deepStrictEqual(aggregate([], "day", "UTC"), [])
})

it.prop(
  "every point is in the one day that is its own",
  {
    points: FastCheck.array(
      FastCheck.record({
        at: FastCheck.integer({ min: at("2026-10-20T00:00:00Z"), max: at("2026-11-05T00:00:00Z") }),
        value: FastCheck.integer({ min: -100, max: 100 }),
      }),
      { maxLength: 60 },
    ),
    timezone: FastCheck.constantFrom(
      "Europe/Paris",
      "America/New_York",
      "Asia/Kathmandu",
      "Pacific/Kiritimati",
    ),
  },
  ({ points, timezone }) => {
    const ordered = points.toSorted((one, other) => one.at - other.at)
    const byDay = Map.groupBy(ordered, (point) => localDay(point.at, timezone) ?? "")
    assert.deepStrictEqual(
      aggregate(ordered, "day", timezone).map(({ count, date, last, max, min }) => ({
        count,
        date,
        last,
        max,
        min,
      })),
      Array.from(byDay, ([date, all]) => {
        const values = all.map(({ value }) => value)
        const last = all.at(-1)
        return { count: all.length, date, last, max: Math.max(...values), min: Math.min(...values) }
      }),
    )
  },
)
