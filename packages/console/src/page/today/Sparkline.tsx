import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { area, curveMonotoneX, line } from "d3-shape"
import type { ChartPoint } from "../../ConsoleState.ts"

const [width, height] = [100, 32]

/** A small line without axes: the figures are in the tile. */
export const Sparkline = ({ points }: { readonly points: ReadonlyArray<ChartPoint> }) => {
  const [first, last] = extent(points, ([at]) => at)
  const [low, high] = extent(points, ([, value]) => value)
  if (first === undefined || low === undefined || first === last) return null
  const x = scaleLinear([first, last], [0, width])
  const y = scaleLinear([low, low === high ? low + 1 : high], [height - 3, 3])
  const shape = [...points]
  const path = line<ChartPoint>(
    ([at]) => x(at),
    ([, value]) => y(value),
  ).curve(curveMonotoneX)
  const filled = area<ChartPoint>(
    ([at]) => x(at),
    height,
    ([, value]) => y(value),
  ).curve(curveMonotoneX)
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="fill" d={filled(shape) ?? ""} />
      <path class="stroke" d={path(shape) ?? ""} vector-effect="non-scaling-stroke" />
    </svg>
  )
}
