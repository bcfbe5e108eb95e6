import type { Feature } from "@withings-bridge/core"
import { mean } from "d3-array"
import { type ChartPoint, summedKinds } from "../../ConsoleState.ts"
import { fitOf } from "./correlation.ts"
import type { Layer } from "./drawing.ts"
import type { Form } from "./forms.ts"
import { pressuresOf } from "./pressure.ts"
import { statisticsOf } from "./statistics.ts"
import { change, figure, pressureFigure } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  average: ["{value} a day on average", "{value} par jour en moyenne", "{value} am Tag im Mittel"],
  changed: ["{value} over this period", "{value} sur cette période", "{value} in dieser Zeit"],
  highest: ["highest {value}", "maximum {value}", "höchster Wert {value}"],
  lowest: ["lowest {value}", "minimum {value}", "niedrigster Wert {value}"],
  mostBetween: ["mostly {low} to {high}", "le plus souvent {low} à {high}", "meist {low} bis {high}"],
  total: ["{value} in total", "{value} au total", "{value} insgesamt"],
})

/** Whether a change is more than zero once it is rounded. */
const moved = (feature: Feature, by: number): boolean => change(feature, Math.abs(by)) !== change(feature, 0)

const week = 7 * 86_400

/** The change per week by a straight line through all points; null for less than two weeks. */
const weeklyChange = (points: ReadonlyArray<ChartPoint>): number | null => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || last[0] - first[0] < 2 * week) return null
  return fitOf(points.map(([at, value]) => ({ x: (at - first[0]) / week, y: value })))?.slope ?? null
}

/** "128/81 mmHg on average" */
export const MeanPressure = ({ layers: [first, second] }: { readonly layers: ReadonlyArray<Layer> }) => {
  const pressures = first && second ? pressuresOf(first.points, second.points) : []
  const [systolic, diastolic] = [
    mean(pressures, (one) => one.systolic),
    mean(pressures, (one) => one.diastolic),
  ]
  if (!first || !second || systolic === undefined || diastolic === undefined) return null
  const value = `${pressureFigure(first.feature, systolic)}/${figure(second.feature, diastolic)}`
  return <p class="extent quiet">{t("meanOf", { value })}</p>
}

interface ExtentProps {
  readonly form: Form
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  readonly usual: readonly [low: number, high: number] | null
}

/** A series in words: its extremes and its change, or its mean or total if it is counted. */
export const Extent = ({ feature, form, points, usual }: ExtentProps) => {
  const found = statisticsOf(points)
  if (found === null) return null
  const { count, first, last, max, mean, min } = found
  const shown = (value: number) => figure(feature, value)
  const weekly = form === "trend" ? weeklyChange(points) : null
  const facts = summedKinds.has(feature.key)
    ? [t("total", { value: shown(mean * count) })]
    : feature.nature === "counter"
      ? [t("average", { value: shown(mean) })]
      : [
          t("lowest", { value: shown(min) }),
          t("highest", { value: shown(max) }),
          form !== "band" &&
            moved(feature, last - first) &&
            t("changed", { value: change(feature, last - first) }),
          weekly !== null && moved(feature, weekly) && t("perWeek", { change: change(feature, weekly) }),
        ]
  const range = usual && t("mostBetween", { low: shown(usual[0]), high: shown(usual[1]) })
  return <p class="extent quiet">{[...facts, range].filter(Boolean).join(" · ")}</p>
}
