import type { ChartPoint } from "../../ConsoleState.ts"

/** A point, or a moment where the line is broken. */
export type LinePoint = readonly [at: number, value: number | null]

/**
 * Breaks a line wherever nothing was measured for longer than `gap` seconds. Points that were left out because there
 * are more of them than a chart can show are no gap: `apart` is how far apart those that are left usually are.
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

/** Lowest, highest and middle of each of so many equal stretches; those without a value are left out. */
export interface Spread {
  readonly at: number
  readonly low: number
  readonly high: number
  readonly middle: number
}

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

/** A mean that follows slowly, with the time constant in seconds: what a body weighs without its daily ups and downs. */
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
