import type { Feature } from "@withings-bridge/core"
import { duration, figure } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { rowOf, type Stage, stageColour, stageRows } from "./nights.ts"
import type { View } from "./view.ts"

const t = texts({
  aNightOnAverage: ["A night, on average:", "Par nuit, en moyenne :", "Je Nacht im Mittel:"],
})

interface StageSumsProps {
  readonly feature: Feature
  readonly stages: ReadonlyArray<Stage>
  /** The number of nights with stages; for more than one the mean is shown. */
  readonly nights: number
  readonly view: View
}

/** The duration of each stage within the view: "Awake: 20 min · REM sleep: 1 h 44". */
export const StageSums = ({ feature, nights, stages, view: [from, to] }: StageSumsProps) => {
  const seen = stages.filter((stage) => stage.to > from && stage.from < to)
  const lasting = (row: number) =>
    seen
      .filter(({ state }) => rowOf(state) === row)
      .reduce((sum, stage) => sum + Math.min(stage.to, to) - Math.max(stage.from, from), 0)
  return (
    <ul class="keys">
      {nights > 1 && <li class="plain">{t("aNightOnAverage")}</li>}
      {stageRows.map(({ states }, row) => (
        <li key={row} style={{ "--key": stageColour(row) }}>
          {figure(feature, states[0])}: <strong>{duration(lasting(row) / Math.max(1, nights))}</strong>
        </li>
      ))}
    </ul>
  )
}
