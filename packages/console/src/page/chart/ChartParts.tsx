import { useState } from "preact/hooks"
import { choose } from "../state/place.ts"
import { figure } from "../text/figures.ts"
import { t } from "../text/language.ts"
import type { Layer } from "./drawing.ts"
import type { PlausibleLayer } from "./plausible.ts"
import { Table } from "./Table.tsx"
import { zoomOptions } from "./view.ts"

const keyColours = ["--accent", "--second", "--third"]

interface KeysProps {
  readonly names: ReadonlyArray<string>
  readonly colours?: ReadonlyArray<string>
}

/** What each colour stands for. */
export const Keys = ({ colours = keyColours, names }: KeysProps) => (
  <ul class="keys">
    {names.map((name, index) => (
      <li key={name} style={{ "--key": `var(${colours[index]})` }}>
        {name}
      </li>
    ))}
  </ul>
)

/** How many values are not drawn, and why. */
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

/** The table is made when it is opened: hundreds of rows would take longer than the chart. */
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
