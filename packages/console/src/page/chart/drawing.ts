import type { Feature } from "@withings-bridge/core"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure } from "../text/figures.ts"
import { named } from "../text/language.ts"

export interface Drawing {
  /** Takes the width of its place again. */
  readonly fit: () => void
  readonly remove: () => void
}

const height = 280

const colour = (place: Element, name: string) => getComputedStyle(place).getPropertyValue(name)

/** Draws points into a place, with zoom by dragging; counters as bars, values as a line. */
export const drawing = (place: HTMLElement, feature: Feature, points: ReadonlyArray<ChartPoint>): Drawing => {
  const line = colour(place, "--accent")
  const faint = colour(place, "--line")
  const words = colour(place, "--quiet")
  const axis = { stroke: words, grid: { stroke: faint, width: 1 }, ticks: { stroke: faint, width: 1 } }
  const bars = feature.nature === "counter" && uPlot.paths.bars
  const chart = new uPlot(
    {
      width: place.clientWidth,
      height,
      cursor: { drag: { x: true, y: false } },
      legend: { live: true },
      series: [
        {},
        {
          label: named(feature.name),
          stroke: line,
          width: 2,
          points: { show: points.length < 90 },
          value: (_, value) => (value === null ? "–" : figure(feature, value)),
          ...(bars ? { fill: `${line}66`, paths: bars({ size: [0.7, 40] }) } : {}),
        },
      ],
      axes: [axis, { ...axis, size: 64 }],
      ...(bars ? { scales: { y: { range: (_, __, most) => [0, most * 1.05] } } } : {}),
    },
    [points.map(([at]) => at), points.map(([, value]) => value)],
    place,
  )
  return {
    fit: () => chart.setSize({ width: place.clientWidth, height }),
    remove: () => chart.destroy(),
  }
}
