import type { Feature } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure, moment } from "../text/figures.ts"
import { named } from "../text/language.ts"
import { Timeline } from "./Timeline.tsx"
import type { View } from "./view.ts"

interface ResultsProps {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  readonly view: View
  readonly label: string
  readonly onZoom: (view: View | null) => void
}

/** Verdicts over time: a row for each that was ever given, a dot for each time. */
export const Results = ({ feature, label, onZoom, points, view }: ResultsProps) => {
  const rows = [...new Set(points.map(([, value]) => value))].toSorted((a, b) => a - b)
  return (
    <Timeline
      label={label}
      view={view}
      height={Math.max(120, 60 + rows.length * 44)}
      left={124}
      range={[rows.length, 0]}
      onZoom={onZoom}
      marks={rows.map((value, row) => ({ value: row + 0.5, text: short(figure(feature, value)) }))}
      stops={points.map(([at, value]) => ({
        at,
        title: moment(at),
        lines: [{ name: named(feature.name), text: figure(feature, value), colour: "var(--accent)" }],
      }))}
      draw={({ x, y }) =>
        points.map(([at, value]) => (
          <circle key={at} class="result" cx={x(at)} cy={y(rows.indexOf(value) + 0.5)} r={5} />
        ))
      }
    />
  )
}

/** What fits beside an axis; the tooltip has the whole. */
const short = (text: string): string => (text.length > 16 ? `${text.slice(0, 15)}…` : text)
