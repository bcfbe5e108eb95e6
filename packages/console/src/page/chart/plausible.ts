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
