import type { ChartPoint } from "../../ConsoleState.ts"
import type { Form } from "./forms.ts"
import { movingMean, spreads, withGaps } from "./gaps.ts"
import type { View } from "./view.ts"

/** null breaks the line. undefined continues it: only another row has a value at this time. */
export type Values = ReadonlyArray<number | null | undefined>

/** Rows of values along shared times, as uPlot takes them. */
export interface Columns {
  readonly times: ReadonlyArray<number>
  readonly rows: ReadonlyArray<Values>
  /** The values for the tooltip. They differ from `rows` in a stack, whose parts are drawn on top of each other. */
  readonly values: ReadonlyArray<Values>
}

type Points = ReadonlyArray<ChartPoint>

const plain = (times: ReadonlyArray<number>, rows: ReadonlyArray<Values>): Columns => ({
  times,
  rows,
  values: rows,
})

/** Layers along the times of all of them. */
const align = (layers: ReadonlyArray<Points>) => {
  const times = [...new Set(layers.flatMap((points) => points.map(([at]) => at)))].toSorted((a, b) => a - b)
  const rows = layers.map((points): Values => {
    const valueAt = new Map(points)
    return times.map((at) => valueAt.get(at) ?? null)
  })
  return { times, rows }
}

/** The last layer is at the bottom, each other one on top of those after it. */
const stacked = (layers: ReadonlyArray<Points>): Columns => {
  const { rows: values, times } = align(layers)
  const below = (layer: number, index: number) =>
    values.slice(layer + 1).reduce((sum, row) => sum + (row[index] ?? 0), 0)
  const rows = values.map((own, layer) =>
    own.map((value, index) => (typeof value === "number" ? value + below(layer, index) : null)),
  )
  return { times, rows, values }
}

/** The median distance of the points. */
const spacing = (points: Points): number => {
  const apart = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at))
  return apart.toSorted((a, b) => a - b)[Math.floor(apart.length / 2)] ?? 0
}

const lined = (points: Points, gap: number): Columns => {
  const line = withGaps(points, gap, spacing(points))
  return plain(
    line.map(([at]) => at),
    [line.map(([, value]) => value)],
  )
}

const trendConstant = 10 * 86_400

const trended = (points: Points, gap: number): Columns => {
  const values = withGaps(points, gap, spacing(points))
  const mean = new Map(movingMean(points, trendConstant))
  return plain(
    values.map(([at]) => at),
    [values.map(([at]) => mean.get(at) ?? null), values.map(([, value]) => value)],
  )
}

const bandsAtMost = 180

/** Rows with different times, along the times of all of them. */
const merged = (parts: ReadonlyArray<Columns>): Columns => {
  const times = [...new Set(parts.flatMap((part) => part.times))].toSorted((a, b) => a - b)
  const rows = parts.flatMap((part) => {
    const place = new Map(part.times.map((at, index) => [at, index]))
    return part.rows.map((row): Values =>
      times.map((at) => {
        const index = place.get(at)
        return index === undefined ? undefined : row[index]
      }),
    )
  })
  return plain(times, rows)
}

const banded = (points: Points, gap: number, view: View): Columns => {
  const found = spreads(points, view, bandsAtMost)
  const apart = (view[1] - view[0]) / bandsAtMost
  const kept = new Map(found.map((one) => [one.at, one]))
  const line = withGaps(
    found.map(({ at, middle }) => [at, middle]),
    gap,
    apart / 2,
  )
  return plain(
    line.map(([at]) => at),
    [
      line.map(([at]) => kept.get(at)?.high ?? null),
      line.map(([at]) => kept.get(at)?.low ?? null),
      line.map(([, middle]) => middle),
    ],
  )
}

/** Longer than between the values of two successive nights. */
const dayAndHalf = 1.5 * 86_400

/** The rows to draw for a form of chart. */
export const columnsOf = (form: Form, layers: ReadonlyArray<Points>, gap: number, view: View): Columns => {
  const [first = [], second] = layers
  if (form === "compared") return merged(layers.map((points) => lined(points, gap)))
  if (form === "band" && second) return merged([banded(first, gap, view), lined(second, dayAndHalf)])
  if (form === "stack") return stacked(layers)
  if (form === "trend") return trended(first, gap)
  if (form === "band") return banded(first, gap, view)
  if (form === "line") return lined(first, gap)
  const { rows, times } = align(layers)
  return plain(times, rows)
}
