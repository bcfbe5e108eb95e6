import type { ChartPoint } from "../../ConsoleState.ts"
import type { Layer } from "./drawing.ts"

/** A layer without implausible values: one of them would flatten all others. */
export interface PlausibleLayer extends Layer {
  readonly leftOut: number
}

/** Leaves out implausible values, unless there are no others: an empty chart would look as if nothing was measured. */
export const plausible = ({ feature, points }: Layer): PlausibleLayer => {
  const within = points.filter(([, value]) => value >= feature.min && value <= feature.max)
  return within.length === 0
    ? { feature, points, leftOut: 0 }
    : { feature, points: within, leftOut: points.length - within.length }
}

/** No usual range for fewer values. */
const fewest = 8

/** The range of four in five values. */
export const usualRange = (
  points: ReadonlyArray<ChartPoint>,
): readonly [low: number, high: number] | null => {
  const values = points.map(([, value]) => value).toSorted((a, b) => a - b)
  const at = (share: number) => values[Math.round(share * (values.length - 1))]
  const [low, high] = [at(0.1), at(0.9)]
  return values.length < fewest || low === undefined || high === undefined ? null : [low, high]
}
