import { localDay } from "../measure/localDay.ts"
import type { Point } from "./reducePoints.ts"

export type Period = "day" | "week" | "month"

/** A local day, week or month. */
export interface Aggregate {
  /** Its first local date: "2026-11-16". A week begins on Monday. */
  readonly date: string
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** The newest value; of a daily counter, the total of the day. */
  readonly last: Point
}

const monday = (date: string): string => {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() - ((noon.getUTCDay() + 6) % 7))
  return noon.toISOString().slice(0, 10)
}

const beginnings: Readonly<Record<Period, (date: string) => string>> = {
  day: (date) => date,
  week: monday,
  month: (date) => `${date.slice(0, 7)}-01`,
}

/** Points, oldest first, by local day, lazily; empty days are left out. */
export function* byDay(points: ReadonlyArray<Point>, timezone: string): Generator<Aggregate, void> {
  const dateOf = ({ at }: Point) => localDay(at, timezone) ?? new Date(at * 1000).toISOString().slice(0, 10)
  for (let start = 0; start < points.length;) {
    const first = points[start]
    if (first === undefined) break
    const date = dateOf(first)
    const end = endOf(points, start, (point) => dateOf(point) === date)
    yield summary(date, points.slice(start, end))
    start = end
  }
}

/** Days, oldest first, by week or month; empty periods are left out. */
export const inPeriods = (days: ReadonlyArray<Aggregate>, period: Period): ReadonlyArray<Aggregate> =>
  period === "day"
    ? days
    : [...Map.groupBy(days, ({ date }) => beginnings[period](date))].map(([date, of]) => together(date, of))

const together = (date: string, days: ReadonlyArray<Aggregate>): Aggregate => {
  let count = 0
  let sum = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let last: Point = { at: 0, value: 0 }
  for (const day of days) {
    count += day.count
    sum += day.mean * day.count
    min = Math.min(min, day.min)
    max = Math.max(max, day.max)
    last = day.last
  }
  return { date, count, min, max, mean: sum / count, last }
}

/** End of the run that begins at `start`, by bisection, because converting every point to local time is slow. */
const endOf = (points: ReadonlyArray<Point>, start: number, isWithin: (point: Point) => boolean): number => {
  const within = (index: number) => {
    const point = points[index]
    return point !== undefined && isWithin(point)
  }
  let stride = 1
  while (within(start + stride)) stride *= 2
  let inside = start + Math.floor(stride / 2)
  let outside = Math.min(points.length, start + stride)
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (within(middle)) inside = middle
    else outside = middle
  }
  return outside
}

const summary = (date: string, points: ReadonlyArray<Point>): Aggregate => {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  let last: Point = { at: 0, value: 0 }
  for (const point of points) {
    min = Math.min(min, point.value)
    max = Math.max(max, point.value)
    sum += point.value
    last = point
  }
  return { date, count: points.length, min, max, mean: sum / points.length, last }
}
