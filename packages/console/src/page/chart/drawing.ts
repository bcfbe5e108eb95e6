import type { Feature } from "@withings-bridge/core"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure, moment, tick } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import { colourOf } from "./colourOf.ts"
import { tooltip } from "./tooltip.ts"
import type { View } from "./view.ts"

/** One thing that a chart shows. */
export interface Layer {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
}

export interface Drawing {
  readonly show: (layers: ReadonlyArray<Layer>, view: View) => void
  /** Takes the width of its place again. */
  readonly fit: () => void
  readonly remove: () => void
}

export interface DrawingOptions {
  readonly features: ReadonlyArray<Feature>
  /** Bars that stand on each other, as the stages of a night do. */
  readonly stacked: boolean
  readonly goal: number | null
  /** null: the whole range again. */
  readonly onZoom: (view: View | null) => void
}

const height = 300
const colours = ["--accent", "--second", "--third"]

type Values = Array<number | null>

/** All layers along one row of times. Stacked ones add up, from the last to the first. */
const align = (layers: ReadonlyArray<Layer>, stacked: boolean) => {
  const times = [...new Set(layers.flatMap(({ points }) => points.map(([at]) => at)))].toSorted(
    (a, b) => a - b,
  )
  const own = layers.map(({ points }): Values => {
    const valueAt = new Map(points)
    return times.map((at) => valueAt.get(at) ?? null)
  })
  const below = (layer: number, index: number) =>
    own.slice(layer + 1).reduce((sum, values) => sum + (values[index] ?? 0), 0)
  const drawn = stacked
    ? own.map((values, layer) =>
        values.map((value, index) => (value === null ? null : value + below(layer, index))),
      )
    : own
  return { times, own, drawn }
}

/** Steps of an axis in seconds that people read as hours. */
const hourSteps = [60, 300, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600]

/** Draws layers into a place, with zoom by dragging: what is counted or stacked as bars, all else as lines. */
export const drawing = (place: HTMLElement, { features, goal, onZoom, stacked }: DrawingOptions): Drawing => {
  const [first] = features
  const colour = (name: string | undefined) => colourOf(place, name ?? "--accent")
  const axis = {
    stroke: colour("--quiet"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "13px system-ui, sans-serif",
  }
  const bars = (stacked || first?.nature === "counter") && uPlot.paths.bars
  let own: ReadonlyArray<Values> = []

  const seriesOf = (feature: Feature, index: number): uPlot.Series => ({
    label: named(feature.name),
    stroke: colour(colours[index]),
    width: bars ? 0 : 2,
    spanGaps: true,
    points: { show: (_, __, from, to) => !bars && to - from < 90, size: 6, fill: colour(colours[index]) },
    ...(bars ? { fill: colour(colours[index]), paths: bars({ size: [0.75, 48] }) } : {}),
  })

  let times: ReadonlyArray<number> = []
  const tell = (index: number) => {
    const lines = features.flatMap((feature, layer) => {
      const value = own[layer]?.[index]
      return value === null || value === undefined
        ? []
        : [{ name: named(feature.name), text: figure(feature, value), colour: `var(${colours[layer]})` }]
    })
    const at = times[index]
    return at === undefined || lines.length === 0 ? null : { title: moment(at), lines }
  }

  const chart = new uPlot(
    {
      legend: { show: false },
      plugins: [tooltip(tell)],
      width: place.clientWidth,
      height,
      padding: [12, 12, 0, 0],
      cursor: {
        drag: { x: true, y: false, setScale: false, dist: 6 },
        y: false,
        bind: { dblclick: () => () => (onZoom(null), null) },
      },
      hooks: {
        setSelect: [
          (self) => {
            const { left, width } = self.select
            if (width < 6) return
            onZoom([self.posToVal(left, "x"), self.posToVal(left + width, "x")])
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          },
        ],
      },
      scales: {
        y: {
          range: (_, least, most) => {
            const [low, high] = [Math.min(least, goal ?? least), Math.max(most, goal ?? most)]
            if (bars) return [0, high * 1.05]
            const room = (high - low) * 0.1 || Math.abs(high) * 0.05 || 1
            return [low - room, high + room]
          },
        },
      },
      series: [
        {},
        ...features.map(seriesOf),
        ...(goal === null
          ? []
          : [
              {
                label: t("goal"),
                stroke: colour("--quiet"),
                width: 1.5,
                dash: [6, 5],
                points: { show: false },
              },
            ]),
      ],
      axes: [
        { ...axis, space: 70, values: (_, splits, __, ___, step) => splits.map((at) => tick(at, step)) },
        {
          ...axis,
          ...(first?.unit?.ucum === "s" ? { incrs: hourSteps } : {}),
          ...(first?.verdicts ? { incrs: [1] } : {}),
          values: (_, splits) => splits.map((value) => (first ? figure(first, value) : String(value))),
          size: (_, values) => 20 + 7.2 * Math.max(0, ...(values ?? []).map(({ length }) => length)),
        },
      ],
    },
    [[], ...features.map(() => []), ...(goal === null ? [] : [[]])],
    place,
  )

  return {
    show: (layers, [from, to]) => {
      const { drawn, own: values, times: all } = align(layers, stacked)
      own = values
      times = all
      // A goal is a line across all that is seen, also where nothing was measured.
      chart.setData([all, ...drawn, ...(goal === null ? [] : [all.map(() => goal)])], false)
      chart.setScale("x", { min: from, max: to })
    },
    fit: () => chart.setSize({ width: place.clientWidth, height }),
    remove: () => chart.destroy(),
  }
}
