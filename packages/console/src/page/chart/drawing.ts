import type { Feature } from "@withings-bridge/core"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure, moment, tick } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import { stepsOf } from "../text/units.ts"
import { colourOf } from "./colourOf.ts"
import { columnsOf, type Columns } from "./columns.ts"
import type { Form } from "./forms.ts"
import { tooltip } from "./tooltip.ts"
import type { View } from "./view.ts"

/** One thing that a chart shows. */
export interface Layer {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
}

export interface Drawing {
  readonly show: (layers: ReadonlyArray<Layer>, view: View) => void
  /** Moves the tooltip to the next value, or the one before. */
  readonly step: (by: 1 | -1) => void
  /** Takes the width of its place again. */
  readonly fit: () => void
  readonly remove: () => void
}

export interface DrawingOptions {
  readonly features: ReadonlyArray<Feature>
  readonly form: Form
  readonly gap: number
  readonly goal: number | null
  /** null: the whole range again. */
  readonly onZoom: (view: View | null) => void
}

const height = 300

/** A row that is drawn: what it is called, and how. */
interface Row {
  readonly name: string
  readonly colour: string
  readonly as: "line" | "dots" | "bars" | "edge"
}

const stackColours = ["--accent", "--second", "--third"]

const rowsOf = (form: Form, features: ReadonlyArray<Feature>): ReadonlyArray<Row> => {
  const name = features[0] ? named(features[0].name) : ""
  if (form === "trend")
    return [
      { name: t("trend"), colour: "--accent", as: "line" },
      { name, colour: "--soft", as: "dots" },
    ]
  if (form === "band")
    return [
      { name: t("highestOf"), colour: "--soft", as: "edge" },
      { name: t("lowestOf"), colour: "--soft", as: "edge" },
      { name: t("middleOf"), colour: "--accent", as: "line" },
    ]
  const as = form === "stack" || form === "bars" ? "bars" : form === "points" ? "dots" : "line"
  return features.map((feature, index) => ({
    name: named(feature.name),
    colour: stackColours[index] ?? "--accent",
    as,
  }))
}

type Colour = (name: string) => string

const seriesOf = ({ as, colour: name }: Row, colour: Colour): uPlot.Series => {
  const stroke = colour(name)
  const dots = { show: true, size: 6, fill: stroke, stroke }
  if (as === "bars") {
    const paths = uPlot.paths.bars?.({ size: [0.75, 48], radius: 0.15 })
    return { stroke, width: 0, fill: stroke, points: { show: false }, ...(paths ? { paths } : {}) }
  }
  if (as === "dots") return { stroke, paths: () => null, points: dots }
  if (as === "edge") return { stroke, width: 1, points: { show: false } }
  // A value between two gaps has no line: without a dot it would not be seen.
  return { stroke, width: 2, points: { show: (_, __, from, to) => to - from < 90, size: 6, fill: stroke } }
}

const goalSeries = (colour: Colour): uPlot.Series => ({
  stroke: colour("--quiet"),
  width: 1.5,
  dash: [6, 5],
  points: { show: false },
})

const axesOf = (feature: Feature | undefined, colour: Colour): Array<uPlot.Axis> => {
  const axis = {
    stroke: colour("--quiet"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "13px system-ui, sans-serif",
  }
  const steps = feature ? stepsOf(feature) : null
  return [
    { ...axis, space: 70, values: (_, splits, __, ___, step) => splits.map((at) => tick(at, step)) },
    {
      ...axis,
      ...(steps === null ? {} : { incrs: steps }),
      values: (_, splits) => splits.map((value) => (feature ? figure(feature, value) : String(value))),
      size: (_, values) => 20 + 7.2 * Math.max(0, ...(values ?? []).map(({ length }) => length)),
    },
  ]
}

const zoomHooks = (onZoom: DrawingOptions["onZoom"]): Partial<uPlot.Options> => ({
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
})

/** From zero where something is counted; elsewhere with some room around what there is. */
const rangeOf =
  (counted: boolean, goal: number | null) =>
  (_: uPlot, least: number, most: number): [number, number] => {
    const [low, high] = [Math.min(least, goal ?? least), Math.max(most, goal ?? most)]
    if (counted) return [0, high * 1.05]
    const room = (high - low) * 0.1 || Math.abs(high) * 0.05 || 1
    return [low - room, high + room]
  }

const nothing: Columns = { times: [], rows: [], told: [] }

/** Draws layers on a canvas: dense values, bars and bands, with zoom by dragging and a tooltip. */
export const drawing = (place: HTMLElement, options: DrawingOptions): Drawing => {
  const { features, form, gap, goal, onZoom } = options
  const [first] = features
  const colour: Colour = (name) => colourOf(place, name)
  const rows = rowsOf(form, features)
  let columns = nothing

  const tell = (index: number) => {
    const lines = rows.flatMap(({ colour: key, name }, row) => {
      const value = columns.told[row]?.[index]
      const feature = form === "stack" ? features[row] : first
      if (value === null || value === undefined || !feature) return []
      return [{ name, text: figure(feature, value), colour: `var(${key})` }]
    })
    const at = columns.times[index]
    return at === undefined || lines.length === 0 ? null : { title: moment(at), lines }
  }

  const chart = new uPlot(
    {
      width: place.clientWidth,
      height,
      padding: [12, 12, 0, 0],
      legend: { show: false },
      plugins: [tooltip(tell)],
      ...zoomHooks(onZoom),
      scales: { y: { range: rangeOf(form === "stack" || form === "bars", goal) } },
      series: [
        {},
        ...rows.map((row) => seriesOf(row, colour)),
        ...(goal === null ? [] : [goalSeries(colour)]),
      ],
      ...(form === "band" ? { bands: [{ series: [1, 2], fill: colour("--softer") }] } : {}),
      axes: axesOf(first, colour),
    },
    [[], ...rows.map(() => []), ...(goal === null ? [] : [[]])],
    place,
  )

  return {
    show: (layers, view) => {
      const [from, to] = view
      columns = columnsOf(
        form,
        layers.map(({ points }) => points),
        gap,
        view,
      )
      const goals = goal === null ? [] : [columns.times.map(() => goal)]
      chart.setData([[...columns.times], ...columns.rows.map((row) => [...row]), ...goals], false)
      chart.setScale("x", { min: from, max: to })
    },
    step: (by) => {
      const now = chart.cursor.idx ?? (by > 0 ? -1 : columns.times.length)
      const next = Math.max(0, Math.min(columns.times.length - 1, now + by))
      chart.setCursor({ left: chart.valToPos(columns.times[next] ?? 0, "x"), top: 10 })
    },
    fit: () => chart.setSize({ width: place.clientWidth, height }),
    remove: () => chart.destroy(),
  }
}
