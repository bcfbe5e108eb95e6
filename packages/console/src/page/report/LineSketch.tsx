import type { Feature } from "@withings-bridge/core"
import { extent, ticks } from "d3-array"
import { line } from "d3-shape"
import type { ChartPoint } from "../../ConsoleState.ts"
import { withGaps, type LinePoint } from "../chart/gaps.ts"
import { type Frame, Timeline } from "../chart/Timeline.tsx"
import { figure, moment } from "../text/figures.ts"
import { shownFeature, shownValue } from "../text/units.ts"

interface LineSketchProps extends Frame {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  /** Seconds without a value after which the line is broken. */
  readonly gap: number
}

/** A line chart in SVG, which stays sharp in print. */
export const LineSketch = ({ feature: given, gap, points: raw, ...frame }: LineSketchProps) => {
  const feature = shownFeature(given)
  const points = raw.map(([at, value]) => [at, shownValue(given, value)] as const)
  const [low = 0, high = 1] = extent(points, ([, value]) => value)
  const room = (high - low) * 0.12 || 1
  const range = [low - room, high + room] as const
  return (
    <Timeline
      {...frame}
      height={170}
      left={76}
      range={range}
      marks={ticks(...range, 4).map((value) => ({ value, text: figure(feature, value) }))}
      stops={points.map(([at, value]) => ({
        at,
        title: moment(at),
        lines: [{ name: "", text: figure(feature, value), colour: "var(--accent)" }],
      }))}
      draw={({ x, y }) => {
        const path = line<LinePoint>(
          ([at]) => x(at),
          ([, value]) => y(value ?? 0),
        ).defined(([, value]) => value !== null)
        return (
          <>
            <path class="sketch" d={path([...withGaps(points, gap)]) ?? ""} />
            {points.length < 120 &&
              points.map(([at, value]) => (
                <circle key={at} class="result" cx={x(at)} cy={y(value)} r={2.5} />
              ))}
          </>
        )
      }}
    />
  )
}
