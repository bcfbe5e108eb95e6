import type { ChartPoint } from "../../ConsoleState.ts"

/** A point, or a time at which the line is broken (null). */
export type LinePoint = readonly [at: number, value: number | null]

/**
 * Breaks a line where nothing was measured for longer than `gap` seconds. In a reduced series `apart`, the usual distance
 * of its points, keeps points that were merely left out from making a gap.
 */
export const withGaps = (
  points: ReadonlyArray<ChartPoint>,
  gap: number,
  apart = 0,
): ReadonlyArray<LinePoint> =>
  points.flatMap((point, index): ReadonlyArray<LinePoint> => {
    const before = points[index - 1]
    const broken = before !== undefined && gap > 0 && point[0] - before[0] > Math.max(gap, 4 * apart)
    return broken ? [[before[0] + 1, null], point] : [point]
  })

export interface Spread {
  readonly at: number
  readonly low: number
  readonly high: number
  readonly middle: number
}

/** The lowest, highest and middle value of each of so many equal stretches of time, without empty ones. */
export const spreads = (
  points: ReadonlyArray<ChartPoint>,
  [from, to]: readonly [number, number],
  stretches: number,
): ReadonlyArray<Spread> => {
  const width = Math.max(60, (to - from) / stretches)
  const groups = Map.groupBy(points, ([at]) => Math.floor((at - from) / width))
  return [...groups].map(([index, group]) => {
    const values = group.map(([, value]) => value).toSorted((a, b) => a - b)
    const low = values[0] ?? 0
    return {
      at: Math.round(from + (index + 0.5) * width),
      low,
      high: values.at(-1) ?? low,
      middle: values[Math.floor(values.length / 2)] ?? low,
    }
  })
}

/** An exponential moving mean with a time constant in seconds, to smooth the daily ups and downs of a weight. */
export const movingMean = (
  points: ReadonlyArray<ChartPoint>,
  constant: number,
): ReadonlyArray<ChartPoint> => {
  let mean: number | null = null
  let last = 0
  return points.map(([at, value]) => {
    const weight = mean === null ? 1 : 1 - Math.exp(-(at - last) / constant)
    mean = mean === null ? value : mean + weight * (value - mean)
    last = at
    return [at, mean]
  })
}
