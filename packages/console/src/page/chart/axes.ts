import type { Feature } from "@withings-bridge/core"
import type uPlot from "uplot"
import { figure, tick } from "../text/figures.ts"
import { stepsOf } from "../text/units.ts"
import type { Form } from "./forms.ts"
import { hasTwoScales, type Colour } from "./rows.ts"

const valueAxis = (feature: Feature | undefined): Partial<uPlot.Axis> => {
  const steps = feature ? stepsOf(feature) : null
  return {
    ...(steps === null ? {} : { incrs: steps }),
    values: (_, splits) => splits.map((value) => (feature ? figure(feature, value) : String(value))),
    size: (_, values) => 20 + 7.2 * Math.max(0, ...(values ?? []).map(({ length }) => length)),
  }
}

/** The time axis and a value axis; a second one on the right where measures of different units are compared. */
export const axesOf = (form: Form, features: ReadonlyArray<Feature>, colour: Colour): Array<uPlot.Axis> => {
  const axis = {
    stroke: colour("--quiet"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "13px system-ui, sans-serif",
  }
  const [first, second] = features
  const right =
    form === "compared" && hasTwoScales(features)
      ? [
          {
            ...axis,
            ...valueAxis(second),
            scale: "other",
            side: 1 as const,
            stroke: colour("--second"),
            grid: { show: false },
          },
        ]
      : []
  return [
    { ...axis, space: 70, values: (...[, splits, , , step]) => splits.map((at) => tick(at, step)) },
    { ...axis, ...valueAxis(first), ...(right.length > 0 ? { stroke: colour("--accent") } : {}) },
    ...right,
  ]
}

/** From zero for counts; for all else a little wider than the values. */
export const rangeOf =
  (counted: boolean, goal: number | null) =>
  (_: uPlot, least: number, most: number): [number, number] => {
    const [low, high] = [Math.min(least, goal ?? least), Math.max(most, goal ?? most)]
    if (counted) return [0, high * 1.05]
    const room = (high - low) * 0.1 || Math.abs(high) * 0.05 || 1
    return [low - room, high + room]
  }
