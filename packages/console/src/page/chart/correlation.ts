import type { ChartPoint } from "../../ConsoleState.ts"
import { dateOf } from "./view.ts"

/** One local day with what was measured of both. */
export interface Pair {
  readonly date: string
  readonly x: number
  readonly y: number
}

type Points = ReadonlyArray<ChartPoint>

/** The mean of each local day; a counter of a day is told at its beginning, so that half a day is added. */
const byDay = (points: Points, shift: number): ReadonlyMap<string, number> => {
  const groups = Map.groupBy(points, ([at]) => dateOf(at + shift))
  return new Map(
    [...groups].map(([date, values]) => [
      date,
      values.reduce((sum, [, value]) => sum + value, 0) / values.length,
    ]),
  )
}

export interface Series {
  readonly points: Points
  /** Whether its points stand for whole days, at their beginning. */
  readonly isDaily: boolean
}

const half = 43_200
const daysOf = ({ isDaily, points }: Series) => byDay(points, isDaily ? half : 0)

/** Days on which both were measured. */
export const pairs = (x: Series, y: Series): ReadonlyArray<Pair> => {
  const other = daysOf(y)
  return [...daysOf(x)].flatMap(([date, value]) => {
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

/** Fewer days than this say nothing. */
const fewest = 5

/** How two measures go together; null where there are too few days, or one of them never changes. */
export const fitOf = (days: ReadonlyArray<Pair>): Fit | null => {
  if (days.length < fewest) return null
  const mean = (of: (pair: Pair) => number) => days.reduce((sum, pair) => sum + of(pair), 0) / days.length
  const [middleX, middleY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const xx = mean(({ x }) => (x - middleX) ** 2)
  const yy = mean(({ y }) => (y - middleY) ** 2)
  const xy = mean(({ x, y }) => (x - middleX) * (y - middleY))
  if (xx === 0 || yy === 0) return null
  const slope = xy / xx
  return { correlation: xy / Math.sqrt(xx * yy), slope, intercept: middleY - slope * middleX }
}
