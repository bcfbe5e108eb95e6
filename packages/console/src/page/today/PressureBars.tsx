import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import type { View } from "../chart/view.ts"
import type { Pressure } from "../chart/pressure.ts"

const [width, height] = [300, 32]
const bar = 3

/** Each measurement as a bar from diastolic to systolic. */
export const PressureBars = ({
  pressures,
  view,
}: {
  readonly pressures: ReadonlyArray<Pressure>
  readonly view: View
}) => {
  const [low, high] = extent(pressures.flatMap(({ diastolic, systolic }) => [diastolic, systolic]))
  if (low === undefined) return null
  const x = scaleLinear(view, [bar, width - bar])
  const y = scaleLinear([low, high], [height, 0])
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {pressures.map(({ at, diastolic, systolic }) => (
        <rect
          key={at}
          class="bar"
          x={x(at) - bar / 2}
          y={y(systolic)}
          width={bar}
          height={Math.max(1, y(diastolic) - y(systolic))}
        />
      ))}
    </svg>
  )
}
