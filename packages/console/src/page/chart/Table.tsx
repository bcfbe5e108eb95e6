import { figure, moment } from "../text/figures.ts"
import { named, texts } from "../text/language.ts"
import type { Layer } from "./drawing.ts"

const t = texts({
  what: ["Measure", "Mesure", "Messgröße"],
  value: ["Value", "Valeur", "Wert"],
})

const rowsAtMost = 100

/** The newest values of a chart as a table. */
export const Table = ({ layers }: { readonly layers: ReadonlyArray<Layer> }) => {
  const rows = layers
    .flatMap(({ feature, points }) => points.map(([at, value]) => ({ at, value, feature })))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, rowsAtMost)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t("chartTable")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("value")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, feature, value }) => (
            <tr key={`${feature.key} ${at}`}>
              <td>{moment(at)}</td>
              <td>{named(feature.name)}</td>
              <td>{figure(feature, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
