import type { Feature } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure, moment } from "../text/figures.ts"
import { named } from "../text/language.ts"
import { type Frame, short, Timeline } from "./Timeline.tsx"
import type { View } from "./view.ts"

interface ResultsProps extends Frame {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  /** Is called with the index of a clicked point. */
  readonly onChoose?: (point: number) => void
  /** The time of the marked point. */
  readonly chosen?: number | undefined
}

/** Verdicts over time: a row for each verdict that occurred, and a dot for each time it did. */
export const Results = ({ chosen, feature, onChoose, points, view, ...frame }: ResultsProps) => {
  // A little beyond the end, so that the newest dot is not cut off.
  const seen: View = [view[0], view[1] + (view[1] - view[0]) * 0.03]
  const rows = [...new Set(points.map(([, value]) => value))].toSorted((a, b) => a - b)
  return (
    <Timeline
      {...frame}
      view={seen}
      height={Math.max(120, 60 + rows.length * 44)}
      left={124}
      range={[rows.length, 0]}
      {...(onChoose ? { onChoose } : {})}
      marks={rows.map((value, row) => ({ value: row + 0.5, text: short(figure(feature, value)) }))}
      stops={points.map(([at, value]) => ({
        at,
        title: moment(at),
        lines: [{ name: named(feature.name), text: figure(feature, value), colour: "var(--accent)" }],
      }))}
      draw={({ x, y }) =>
        points.map(([at, value]) => (
          <circle
            key={at}
            class={at === chosen ? "result chosen" : "result"}
            cx={x(at)}
            cy={y(rows.indexOf(value) + 0.5)}
            r={at === chosen ? 8 : 5}
          />
        ))
      }
    />
  )
}
