import type { Feature } from "@withings-bridge/core"
import type uPlot from "uplot"
import uPlotMaker from "uplot"
import { named, texts } from "../text/language.ts"
import type { Form } from "./forms.ts"

const t = texts({
  highestOf: ["Highest", "Maximum", "Höchstwert"],
  lowestOf: ["Lowest", "Minimum", "Tiefstwert"],
})

/** A series as it is drawn. */
export interface Row {
  readonly name: string
  readonly colour: string
  readonly as: "line" | "summary" | "dots" | "bars" | "edge" | "nights"
  /** The axis: `y` on the left, `other` on the right. */
  readonly scale: "y" | "other"
  /** Index of the feature of its values. */
  readonly feature: number
}

const colours = ["--accent", "--second", "--third"]

const row = (name: string, colour: string, as: Row["as"], feature = 0): Row => ({
  name,
  colour,
  as,
  scale: "y",
  feature,
})

/** Whether two features need an axis each, because their units differ. */
export const hasTwoScales = ([first, second]: ReadonlyArray<Feature>): boolean =>
  first !== undefined &&
  second !== undefined &&
  (first.unit?.ucum !== second.unit?.ucum || (first.unit === null && first.kind !== second.kind))

/** The series of a chart; `names` replace the names of its features. */
export const rowsOf = (
  form: Form,
  features: ReadonlyArray<Feature>,
  names: ReadonlyArray<string> = [],
): ReadonlyArray<Row> => {
  const nameOf = (index: number) => {
    const feature = features[index]
    return names[index] ?? (feature ? named(feature.name) : "")
  }
  if (form === "trend") return [row(t("trend"), "--accent", "summary"), row(nameOf(0), "--soft", "dots")]
  if (form === "band")
    return [
      row(t("highestOf"), "--soft", "edge"),
      row(t("lowestOf"), "--soft", "edge"),
      row(t("middleOf"), "--accent", "summary"),
      ...(features.length > 1 ? [row(t("heartAtRest"), "--third", "nights", 1)] : []),
    ]
  if (form === "compared") {
    const scale = hasTwoScales(features) ? "other" : "y"
    return features.map((_, index) => ({
      ...row(nameOf(index), colours[index] ?? "--accent", "line", index),
      scale: index === 0 ? "y" : scale,
    }))
  }
  const as = form === "stack" || form === "bars" ? "bars" : form === "points" ? "dots" : "line"
  return features.map((_, index) =>
    row(nameOf(index), colours[index] ?? "--accent", as, form === "stack" ? index : 0),
  )
}

export type Colour = (name: string) => string

/** Values without a line on either side. */
const alone: uPlot.Series.Points.Filter = ({ data }, index) => {
  const values = [...(data[index] ?? [])]
  const isBroken = (at: number) => at < 0 || at >= values.length || values[at] === null
  return values.flatMap((value, at) =>
    typeof value === "number" && isBroken(at - 1) && isBroken(at + 1) ? [at] : [],
  )
}

export const seriesOf = ({ as, colour: name, scale }: Row, colour: Colour): uPlot.Series => {
  const stroke = colour(name)
  const dots = { show: true, size: 6, fill: stroke, stroke }
  if (as === "bars") {
    const paths = uPlotMaker.paths.bars?.({ size: [0.75, 48], radius: 0.15 })
    return { stroke, width: 0, fill: stroke, points: { show: false }, ...(paths ? { paths } : {}) }
  }
  if (as === "dots") return { stroke, paths: () => null, points: dots }
  if (as === "edge") return { stroke, width: 1, points: { show: false } }
  if (as === "nights") return { stroke, width: 1.5, dash: [4, 3], points: dots }
  // A value between two gaps has no line, so it needs a dot. Elsewhere dots would look like measured values.
  if (as === "summary")
    return { stroke, width: 2, points: { show: true, size: 6, fill: stroke, filter: alone } }
  return {
    stroke,
    scale,
    width: 2,
    points: { show: (_, __, from, to) => to - from < 90, size: 6, fill: stroke },
  }
}

export const goalSeries = (colour: Colour): uPlot.Series => ({
  stroke: colour("--quiet"),
  width: 1.5,
  dash: [6, 5],
  points: { show: false },
})
