import type { Feature } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { summedKinds } from "./forms.ts"
import { change, figure } from "../text/figures.ts"
import { t } from "../text/language.ts"

/** What a row of points comes to, in words: its lowest and highest and how it moved, or its mean when it is counted. */
export const Extent = ({
  feature,
  points,
  usual = null,
}: {
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  readonly usual?: readonly [low: number, high: number] | null
}) => {
  const values = points.map(([, value]) => value)
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined || last === undefined || feature.nature === "verdict") return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const facts = summedKinds.has(feature.key)
    ? [t("total", { value: figure(feature, mean * values.length) })]
    : feature.nature === "counter"
      ? [t("average", { value: figure(feature, mean) })]
      : [
          t("lowest", { value: figure(feature, Math.min(...values)) }),
          t("highest", { value: figure(feature, Math.max(...values)) }),
          ...(values.length > 1 ? [t("changed", { value: change(feature, last - first) })] : []),
        ]
  const range =
    usual === null
      ? []
      : [t("mostBetween", { low: figure(feature, usual[0]), high: figure(feature, usual[1]) })]
  return <p class="extent quiet">{[...facts, ...range].join(" · ")}</p>
}
