import type { Point } from "@withings-bridge/core"
import type { Averaged, Changed } from "./http/schemas.ts"
import { isoTime } from "./isoTime.ts"

/** One bar or dot of a Gladys chart. */
type Aggregate = typeof Averaged.Type

export type Grouping = "hour" | "day" | "week" | "month" | "year"

/**
 * Spreads points (oldest first) over at most `buckets` buckets of nearly equal count, the first ones larger by
 * one: what Gladys' own `NTILE` does.
 */
export const byCount = (points: ReadonlyArray<Point>, buckets: number): ReadonlyArray<Aggregate> => {
  const count = Math.min(buckets, points.length)
  const size = Math.floor(points.length / count)
  const larger = points.length % count
  return Array.from({ length: count }, (_, index) => {
    const start = index * size + Math.min(index, larger)
    return summarize(points.slice(start, start + size + (index < larger ? 1 : 0)))
  })
}

/** One aggregate for each hour, day, week (from Monday), month or year of local time that has points. */
export const byPeriod = (points: ReadonlyArray<Point>, grouping: Grouping): ReadonlyArray<Aggregate> =>
  [...Map.groupBy(points, ({ at }) => startOf(at, grouping))].map(([start, group]) => ({
    ...summarize(group),
    grouped_date: isoTime(start),
    created_at: isoTime(start),
  }))

/** The first `limit` changes of something that is on or off, as Gladys has it. */
export const byChange = (points: ReadonlyArray<Point>, limit: number): ReadonlyArray<typeof Changed.Type> => {
  const changes = points.filter((point, index) => point.value !== points[index - 1]?.value)
  return changes
    .map(({ at, value }, index) => {
      const next = changes[index + 1]
      return { created_at: isoTime(at), value, end_time: next === undefined ? null : isoTime(next.at) }
    })
    .slice(0, limit)
}

const summarize = (points: ReadonlyArray<Point>): Aggregate => {
  const values = points.map((point) => point.value)
  const sum = values.reduce((total, value) => total + value, 0)
  return {
    created_at: isoTime(points[0]?.at ?? 0),
    value: sum / values.length,
    min_value: values.reduce((least, value) => Math.min(least, value), Infinity),
    max_value: values.reduce((most, value) => Math.max(most, value), -Infinity),
    sum_value: sum,
    count_value: values.length,
  }
}

const startOf = (at: number, grouping: Grouping): number => {
  const date = new Date(at * 1000)
  // By the minutes that have passed: when clocks go back, two hours bear the same name.
  if (grouping === "hour") return Math.floor(at) - date.getMinutes() * 60 - date.getSeconds()
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  const daysSinceMonday = (date.getDay() + 6) % 7
  const start = {
    day: () => new Date(year, month, day),
    week: () => new Date(year, month, day - daysSinceMonday),
    month: () => new Date(year, month, 1),
    year: () => new Date(year, 0, 1),
  }[grouping]()
  return start.getTime() / 1000
}
