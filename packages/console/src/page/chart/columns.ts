import type { ChartPoint } from "../../ConsoleState.ts"
import type { Form } from "./forms.ts"
import { movingMean, spreads, withGaps } from "./gaps.ts"
import type { View } from "./view.ts"

/** null: nothing is drawn here. undefined: the line goes on, only another row has something at this time. */
export type Values = ReadonlyArray<number | null | undefined>

/** Rows of values along one row of times, as uPlot wants them. */
export interface Columns {
  readonly times: ReadonlyArray<number>
  readonly rows: ReadonlyArray<Values>
  /** What each row stands for where that is not what is drawn: parts of a stack are drawn on each other. */
  readonly told: ReadonlyArray<Values>
}

type Points = ReadonlyArray<ChartPoint>

const plain = (times: ReadonlyArray<number>, rows: ReadonlyArray<Values>): Columns => ({
  times,
  rows,
  told: rows,
})

/** Several layers along the times of all. */
const align = (layers: ReadonlyArray<Points>) => {
  const times = [...new Set(layers.flatMap((points) => points.map(([at]) => at)))].toSorted((a, b) => a - b)
  const rows = layers.map((points): Values => {
    const valueAt = new Map(points)
    return times.map((at) => valueAt.get(at) ?? null)
  })
  return { times, rows }
}

/** The last layer stands on the ground, each other one on those after it. */
const stacked = (layers: ReadonlyArray<Points>): Columns => {
  const { rows: told, times } = align(layers)
  const below = (layer: number, index: number) =>
    told.slice(layer + 1).reduce((sum, values) => sum + (values[index] ?? 0), 0)
  const rows = told.map((values, layer) =>
    values.map((value, index) => (typeof value === "number" ? value + below(layer, index) : null)),
  )
  return { times, rows, told }
}

/** How far apart the points of a chart usually are. */
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

/** Rows that have times of their own, along the times of all. */
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

/** A value of each night is missing where there is none of a night. */
const dayAndHalf = 1.5 * 86_400

/** What of the layers is drawn, by the form of the chart. */
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
