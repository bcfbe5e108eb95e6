import type { ChartPoint } from "../../ConsoleState.ts"
import type { Layer } from "./drawing.ts"

/** A layer without the values beyond its kind's plausible range: one of them would press all others into a line. */
export interface PlausibleLayer extends Layer {
  readonly leftOut: number
}

/** What lies beyond is kept when there is nothing else: an empty chart would say that nothing was measured. */
export const plausible = ({ feature, points }: Layer): PlausibleLayer => {
  const within = points.filter(([, value]) => value >= feature.min && value <= feature.max)
  return within.length === 0
    ? { feature, points, leftOut: 0 }
    : { feature, points: within, leftOut: points.length - within.length }
}

/** Fewer values than this have no usual range. */
const fewest = 8

/** Between which values four in five lie. */
export const usualRange = (
  points: ReadonlyArray<ChartPoint>,
): readonly [low: number, high: number] | null => {
  const values = points.map(([, value]) => value).toSorted((a, b) => a - b)
  const at = (share: number) => values[Math.round(share * (values.length - 1))]
  const [low, high] = [at(0.1), at(0.9)]
  return values.length < fewest || low === undefined || high === undefined ? null : [low, high]
}
