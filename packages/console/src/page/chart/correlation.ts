import { mean, rollup } from "d3-array"
import type { ChartPoint } from "../../ConsoleState.ts"
import { dateOf } from "./view.ts"

/** The values of two measures on one local day. */
export interface Pair {
  readonly date: string
  readonly x: number
  readonly y: number
}

export interface Series {
  readonly points: ReadonlyArray<ChartPoint>
  /** Whether each point is a whole day, dated at its beginning. */
  readonly isDaily: boolean
}

const halfDay = 43_200

/** The mean of each local day. A counter is dated at the beginning of its day, so half a day is added. */
const byDay = ({ isDaily, points }: Series): ReadonlyMap<string, number> =>
  rollup(
    points,
    (values) => mean(values, ([, value]) => value) ?? 0,
    ([at]) => dateOf(at + (isDaily ? halfDay : 0)),
  )

/** The days on which both were measured. */
export const pairs = (x: Series, y: Series): ReadonlyArray<Pair> => {
  const other = byDay(y)
  return [...byDay(x)].flatMap(([date, value]) => {
    const beside = other.get(date)
    return beside === undefined ? [] : [{ date, x: value, y: beside }]
  })
}

export interface Fit {
  /** Pearson's: −1 to 1. */
  readonly correlation: number
  /** y = slope × x + intercept, by least squares. */
  readonly slope: number
  readonly intercept: number
}

/** No fit for fewer days. */
const fewest = 5

/** A line through the days; null for too few of them, or when one measure never changes. */
export const fitOf = (days: ReadonlyArray<Pick<Pair, "x" | "y">>): Fit | null => {
  if (days.length < fewest) return null
  const meanOf = (of: (pair: Pick<Pair, "x" | "y">) => number) => mean(days, of) ?? 0
  const [middleX, middleY] = [meanOf(({ x }) => x), meanOf(({ y }) => y)]
  const xx = meanOf(({ x }) => (x - middleX) ** 2)
  const yy = meanOf(({ y }) => (y - middleY) ** 2)
  const xy = meanOf(({ x, y }) => (x - middleX) * (y - middleY))
  if (xx === 0 || yy === 0) return null
  const slope = xy / xx
  return { correlation: xy / Math.sqrt(xx * yy), slope, intercept: middleY - slope * middleX }
}
