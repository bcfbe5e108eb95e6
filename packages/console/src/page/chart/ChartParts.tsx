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

export const ChartFoot = ({ hasHint = true, isZoomed, layers }: ChartFootProps) => (
  <div class="chartfoot">
    {isZoomed ? (
      <button type="button" onClick={() => choose(zoomOptions(null))}>
        {t("zoomOut")}
      </button>
    ) : (
      <p class="quiet hint">{hasHint && t("chartHint")}</p>
    )}
    <details>
      <summary>{t("chartTable")}</summary>
      <Table layers={layers} />
    </details>
  </div>
)
