import { extent, mean } from "d3-array"
import type { ChartPoint } from "../../ConsoleState.ts"

interface Statistics {
  readonly count: number
  readonly mean: number
  readonly min: number
  readonly max: number
  readonly first: number
  readonly last: number
}

/** null without values. */
export const statisticsOf = (points: ReadonlyArray<ChartPoint>): Statistics | null => {
  const values = points.map(([, value]) => value)
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined) return null
  const [min = first, max = first] = extent(values)
  return { count: values.length, mean: mean(values) ?? first, min, max, first, last }
}
