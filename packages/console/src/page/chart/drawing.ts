import type { Feature } from "@withings-bridge/core"
import uPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import type { ChartPoint } from "../../ConsoleState.ts"
import { figure, moment } from "../text/figures.ts"
import { axesOf, rangeOf } from "./axes.ts"
import { columnsOf, type Columns } from "./columns.ts"
import type { Form } from "./forms.ts"
import { goalSeries, hasTwoScales, rowsOf, seriesOf, type Colour } from "./rows.ts"
import { type Tip, tooltip } from "./Tooltip.tsx"
import type { View } from "./view.ts"

/** One series of a chart. */
export interface Layer {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
}

export interface Drawing {
  readonly show: (layers: ReadonlyArray<Layer>, view: View) => void
  /** Moves the tooltip to the next or the previous value, and answers its content. */
  readonly step: (by: 1 | -1) => Tip | null
  /** The position of the tooltip, epoch seconds. */
  readonly at: () => number | null
  /** Adapts to the width of its element. */
  readonly fit: () => void
  readonly remove: () => void
  /** The drawing area without the axes. */
  readonly surface: HTMLElement
}

export interface DrawingOptions {
  readonly features: ReadonlyArray<Feature>
  readonly form: Form
  readonly gap: number
  readonly goal: number | null
  /** The range in which most of the person's values lie. */
  readonly usual: readonly [low: number, high: number] | null
  /** A period to highlight. */
  readonly span: View | null
  /** Instead of the names of the features. */
  readonly names: ReadonlyArray<string>
  /** null: the whole range again. */
  readonly onZoom: (view: View | null) => void
}

const chartHeight = 300

/** The computed colour of a custom property, since a canvas understands neither variables nor `light-dark()`. */
const colourOf = (place: Element, name: string): string => {
  const probe = document.createElement("span")
  probe.style.color = `var(${name})`
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

const zoomHooks = (onZoom: DrawingOptions["onZoom"]): Partial<uPlot.Options> => ({
  cursor: {
    drag: { x: true, y: false, setScale: false, dist: 6 },
    y: false,
    bind: { dblclick: () => () => (onZoom(null), null) },
  },
})

const selected =
  (onZoom: DrawingOptions["onZoom"]) =>
  (self: uPlot): void => {
    const { left, width } = self.select
    if (width < 6) return
    onZoom([self.posToVal(left, "x"), self.posToVal(left + width, "x")])
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  }

/** The usual range as a band behind the values. */
const usualBand =
  (usual: DrawingOptions["usual"], colour: Colour) =>
  ({ bbox: { height, left, top, width }, ctx, valToPos }: uPlot): void => {
    if (usual === null) return
    const [low, high] = usual.map((value) => valToPos(value, "y", true))
    const [from, to] = [Math.max(top, high ?? top), Math.min(top + height, low ?? top)]
    ctx.fillStyle = colour("--softer")
    ctx.fillRect(left, from, width, Math.max(0, to - from))
  }

/** The highlighted period, behind the values. */
const spanBand =
  (span: DrawingOptions["span"], colour: Colour) =>
  ({ bbox: { height, top }, ctx, valToPos }: uPlot): void => {
    if (span === null) return
    const [from, to] = [valToPos(span[0], "x", true), valToPos(span[1], "x", true)]
    ctx.fillStyle = colour("--softer")
    ctx.fillRect(from, top, to - from, height)
  }

const nothing: Columns = { times: [], rows: [], values: [] }

/** The content of the tooltip at an index of the times. */
const tipsOf =
  (rows: ReturnType<typeof rowsOf>, features: ReadonlyArray<Feature>, columns: () => Columns) =>
  (index: number): Tip | null => {
    const { times, values } = columns()
    const lines = rows.flatMap(({ colour, feature, name }, row) => {
      const value = values[row]?.[index]
      const own = features[feature]
      if (value === null || value === undefined || !own) return []
      return [{ name, text: figure(own, value), colour: `var(${colour})` }]
    })
    const at = times[index]
    return at === undefined || lines.length === 0 ? null : { title: moment(at), lines }
  }

type Described = readonly [ReturnType<typeof rowsOf>, Colour, uPlot.Plugin]

const optionsOf = (
  place: HTMLElement,
  options: DrawingOptions,
  [rows, colour, tips]: Described,
): uPlot.Options => {
  const { features, form, goal, onZoom, span, usual } = options
  const counted = form === "stack" || form === "bars"
  return {
    width: place.clientWidth,
    height: chartHeight,
    padding: [12, 26, 0, 0],
    legend: { show: false },
    plugins: [tips],
    ...zoomHooks(onZoom),
    hooks: { setSelect: [selected(onZoom)], drawClear: [usualBand(usual, colour), spanBand(span, colour)] },
    scales: {
      y: { range: rangeOf(counted, goal) },
      ...(hasTwoScales(features) ? { other: { range: rangeOf(false, null) } } : {}),
    },
    series: [{}, ...rows.map((row) => seriesOf(row, colour)), ...(goal === null ? [] : [goalSeries(colour)])],
    ...(form === "band" ? { bands: [{ series: [1, 2], fill: colour("--softer") }] } : {}),
    axes: axesOf(form, features, colour),
  }
}

/** Draws lines, bars and bands on a canvas, with zoom by dragging and a tooltip. */
export const drawing = (place: HTMLElement, options: DrawingOptions): Drawing => {
  const { features, form, gap, goal, names } = options
  const colour: Colour = (name) => colourOf(place, name)
  const rows = rowsOf(form, features, names)
  let columns = nothing
  const tipAt = tipsOf(rows, features, () => columns)
  const empty: uPlot.AlignedData = [[], ...rows.map(() => []), ...(goal === null ? [] : [[]])]
  const chart = new uPlot(optionsOf(place, options, [rows, colour, tooltip(tipAt)]), empty, place)
  return {
    show: (layers, view) => {
      columns = columnsOf(
        form,
        layers.map(({ points }) => points),
        gap,
        view,
      )
      const goals = goal === null ? [] : [columns.times.map(() => goal)]
      chart.setData([[...columns.times], ...columns.rows.map((row) => [...row]), ...goals], false)
      chart.setScale("x", { min: view[0], max: view[1] })
    },
    step: (by) => {
      let next = (chart.cursor.idx ?? (by > 0 ? -1 : columns.times.length)) + by
      while (next > 0 && next < columns.times.length - 1 && tipAt(next) === null) next += by
      next = Math.max(0, Math.min(columns.times.length - 1, next))
      chart.setCursor({ left: chart.valToPos(columns.times[next] ?? 0, "x"), top: 10 })
      return tipAt(next)
    },
    at: () => columns.times[chart.cursor.idx ?? -1] ?? null,
    fit: () => chart.setSize({ width: place.clientWidth, height: chartHeight }),
    remove: () => chart.destroy(),
    surface: chart.over,
  }
}
