import type { Feature } from "@withings-bridge/core"
import { figure, moment } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import type { Layer } from "./drawing.ts"

/** The newest workouts: what, when, and what each came to. */
export const Workouts = ({ layers }: { readonly layers: ReadonlyArray<Layer> }) => {
  const [kinds, ...rest] = layers
  if (!kinds) return null
  const columns = rest.map(({ feature, points }) => ({ feature, at: new Map(points) }))
  return (
    <div class="scroll tall" tabIndex={0} role="group" aria-label={named(kinds.feature.name)}>
      <table class="workouts">
        <thead>
          <tr>
            <th scope="col">{named(kinds.feature.name)}</th>
            <th scope="col">{t("when")}</th>
            {columns.map(({ feature }) => (
              <th key={feature.key} scope="col">
                {named(feature.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.points
            .toReversed()
            .slice(0, 100)
            .map(([at, category]) => (
              <tr key={at}>
                <th scope="row">{figure(kinds.feature, category)}</th>
                <td>{moment(at)}</td>
                {columns.map((column) => (
                  <td key={column.feature.key}>{textOf(column.feature, column.at.get(at))}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

const textOf = (feature: Feature, value: number | undefined) =>
  value === undefined ? "–" : figure(feature, value)
