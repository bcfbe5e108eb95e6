import { describe, expect, it } from "vitest"
import { byChange, byCount, byPeriod } from "./aggregate.ts"

const day = 86_400
// Of this machine's zone, in whose days and weeks the charts of Gladys are.
const noon = new Date(2026, 10, 16, 12).getTime() / 1000
const daily = (...values: ReadonlyArray<number>) =>
  values.map((value, index) => ({ at: noon + index * day, value }))

describe("byCount", () => {
  it("makes buckets of nearly equal count, the first ones larger", () => {
    const buckets = byCount(daily(1, 2, 3, 4, 5), 2)
    expect(buckets.map((bucket) => [bucket.value, bucket.count_value])).toEqual([
      [2, 3],
      [4.5, 2],
    ])
    expect(buckets[0]?.created_at).toBe(new Date(noon * 1000).toISOString())
  })

  it("makes no more buckets than there are points, and none of nothing", () => {
    expect(byCount(daily(1, 2), 100)).toHaveLength(2)
    expect(byCount([], 100)).toEqual([])
  })
})

describe("byPeriod", () => {
  it("sums up each week from Monday", () => {
    const weeks = byPeriod(daily(1, 2, 3, 4, 5, 6, 7, 8), "week")
    expect(weeks.map((week) => [week.sum_value, week.min_value, week.max_value])).toEqual([
      [28, 1, 7],
      [8, 8, 8],
    ])
  })

  it("keeps the hour that clocks repeat as two hours, in any zone", () => {
    const zone = process.env["TZ"]
    try {
      process.env["TZ"] = "Europe/Paris"
      const half = (at: string) => ({ at: Date.parse(at) / 1000, value: 1 })
      const hours = byPeriod([half("2026-10-25T00:30:00Z"), half("2026-10-25T01:30:00Z")], "hour")
      expect(hours.map(({ created_at }) => created_at)).toEqual([
        "2026-10-25T00:00:00.000Z",
        "2026-10-25T01:00:00.000Z",
      ])
      process.env["TZ"] = "Asia/Kolkata"
      expect(byPeriod([half("2026-10-25T00:45:00Z")], "hour")[0]?.created_at).toBe("2026-10-25T00:30:00.000Z")
    } finally {
      if (zone === undefined) delete process.env["TZ"]
      else process.env["TZ"] = zone
    }
  })

  it("skips days without a point", () => {
    expect(byPeriod([...daily(1), { at: noon + 9 * day, value: 3 }], "day")).toHaveLength(2)
  })
})

describe("byChange", () => {
  it("keeps only changes, each with its end", () => {
    const changes = byChange(daily(1, 1, 0, 0, 1), 10)
    expect(changes.map((change) => change.value)).toEqual([1, 0, 1])
    expect(changes[0]?.end_time).toBe(changes[1]?.created_at)
    expect(changes[2]?.end_time).toBeNull()
  })
})
