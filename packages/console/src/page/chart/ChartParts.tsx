import { useState } from "preact/hooks"
import { choose } from "../state/place.ts"
import { figure } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import type { Layer } from "./drawing.ts"
import type { PlausibleLayer } from "./plausible.ts"
import { Table } from "./Table.tsx"
import { zoomOptions } from "./view.ts"

const t = texts({
  chartHint: [
    "Drag over the chart to zoom in, double-click to reset.",
    "Glissez sur le graphique pour agrandir, double-cliquez pour tout revoir.",
    "Ziehen Sie über das Diagramm, um zu vergrößern; ein Doppelklick zeigt wieder alles.",
  ],
  chartLeftOut: [
    "Left out as implausible (outside {min} – {max}): {count}. They are in the table, and are kept as Withings sent them.",
    "Valeurs peu plausibles (hors de {min} – {max}) laissées de côté : {count}. Le tableau les montre, et elles sont gardées telles que Withings les a envoyées.",
    "Als unplausibel weggelassen (außerhalb von {min} – {max}): {count}. Die Tabelle zeigt sie, und sie bleiben, wie Withings sie gesendet hat.",
  ],
  zoomOut: ["Reset zoom", "Tout revoir", "Alles zeigen"],
})

const keyColours = ["--accent", "--second", "--third"]

interface KeysProps {
  readonly names: ReadonlyArray<string>
  readonly colours?: ReadonlyArray<string>
}

/** A legend. */
export const Keys = ({ colours = keyColours, names }: KeysProps) => (
  <ul class="keys">
    {names.map((name, index) => (
      <li key={name} style={{ "--key": `var(${colours[index]})` }}>
        {name}
      </li>
    ))}
  </ul>
)

/** Says how many values are not drawn, and why. */
export const LeftOut = ({ layers }: { readonly layers: ReadonlyArray<PlausibleLayer> }) => (
  <>
    {layers.map(
      ({ feature, leftOut }) =>
        leftOut > 0 && (
          <p class="extent quiet" key={feature.key}>
            {t("chartLeftOut", {
              count: leftOut,
              min: figure(feature, feature.min),
              max: figure(feature, feature.max),
            })}
          </p>
        ),
    )}
  </>
)

interface ChartFootProps {
  readonly isZoomed: boolean
  readonly layers: ReadonlyArray<Layer>
  readonly hasHint?: boolean
}

/** Below a chart. The table is made only when it is opened, because its rows take longer than the chart. */
export const ChartFoot = ({ hasHint = true, isZoomed, layers }: ChartFootProps) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <div class="chartfoot">
      {isZoomed ? (
        <button type="button" onClick={() => choose(zoomOptions(null))}>
          {t("zoomOut")}
        </button>
      ) : (
        <p class="quiet hint">{hasHint && t("chartHint")}</p>
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("chartTable")}</summary>
        {isOpen && <Table layers={layers} />}
      </details>
    </div>
  )
}
