import type { PastValue } from "../rule/Rule.ts"

const smoothing = 0.1
const day = 86_400

export interface TrendPoint {
  /** Epoch seconds of the weighing. */
  readonly at: number
  /** Kilograms. */
  readonly trend: number
}

/**
 * Exponentially smoothed weight: each day the trend goes a tenth of the way towards the weight, so that a day's water
 * does not show. After n days it goes 1 − 0.9ⁿ of the way. Source: J. Walker, The Hacker's Diet, "Calculating daily
 * trend" (fourmilab.ch/hackdiet): Tₙ = Tₙ₋₁ + 0.1 (Wₙ − Tₙ₋₁). The exponent for missed days is ours: the formula
 * applied n times.
 */
export const weightTrend = (weights: ReadonlyArray<PastValue>): ReadonlyArray<TrendPoint> => {
  const points: Array<TrendPoint> = []
  for (const { at, value } of weights.toSorted((a, b) => a.at - b.at || a.value - b.value)) {
    const last = points.at(-1)
    const part = last === undefined ? 1 : 1 - (1 - smoothing) ** ((at - last.at) / day)
    const before = last?.trend ?? value
    points.push({ at, trend: before + part * (value - before) })
  }
  return points
}

/** Kilograms per week: the last trend less that of a week before, by the time between; null without one 7 to 21 days older. */
export const weeklyRate = (points: ReadonlyArray<TrendPoint>): number | null => {
  const last = points.at(-1)
  if (last === undefined) return null
  const before = points.findLast(({ at }) => last.at - at >= 7 * day && last.at - at <= 21 * day)
  return before === undefined ? null : ((last.trend - before.trend) / (last.at - before.at)) * 7 * day
}
