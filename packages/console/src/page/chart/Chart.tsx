import type { Feature, Person } from "@withings-bridge/core"
import { useEffect, useMemo, useState } from "preact/hooks"
import { chart } from "../state/bridge.ts"
import { choose, place as address } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { figure } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import type { Layer } from "./drawing.ts"
import { Extent } from "./Extent.tsx"
import { drawnAs } from "./forms.ts"
import { Picture } from "./Picture.tsx"
import { plausible } from "./plausible.ts"
import { pointsOfAChart, ranges, type Range } from "./ranges.ts"
import { Table } from "./Table.tsx"
import { rangeIn, zoomIn, zoomOptions, type View } from "./view.ts"

interface ChartProps {
  readonly person: Person
  readonly feature: Feature
  /** All that this person has, for what is shown together. */
  readonly features: ReadonlyArray<Feature>
  /** Moves when the store does: the chart asks again. */
  readonly revision: number
}

/** The range that was chosen, up to now; no further back than there is anything. */
const wholeView = (range: Range, layers: ReadonlyArray<Layer>): View => {
  const to = Math.ceil(Date.now() / 1000)
  const first = Math.min(...layers.map(({ points }) => points[0]?.[0] ?? to))
  const from = to - range.seconds
  return [range.key === "tenYears" && first > from && first < to ? first : from, to]
}

/** What the bridge has of the features in a view; asked again whenever one of them or the store moves. */
const useLayers = (
  { person, revision }: ChartProps,
  shown: ReadonlyArray<Feature>,
  range: Range,
  zoom: View | null,
) => {
  const [layers, setLayers] = useState<ReadonlyArray<Layer> | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const keys = shown.map(({ key }) => key).join(" ")
  useEffect(() => {
    const now = Date.now() / 1000
    const [from, to] = zoom ?? [now - range.seconds, now]
    const stretch = { from: Math.floor(from), to: Math.ceil(to), points: pointsOfAChart }
    let wanted = true
    const asked = shown.map(async (feature) => ({
      feature,
      points: await chart({ personId: person.id, feature: feature.key, ...stretch }),
    }))
    Promise.all(asked).then(
      (answer) => (wanted ? (setFailure(null), setLayers(answer)) : undefined),
      (error) => wanted && setFailure(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      wanted = false
    }
  }, [person.id, keys, range, zoom?.[0], zoom?.[1], revision])
  // What was asked for another feature may still be here for a moment.
  const isOwn = layers?.map(({ feature }) => feature.key).join(" ") === keys
  return { layers: isOwn ? layers : null, failure }
}

const Ranges = ({ chosen }: { readonly chosen: Range }) => (
  <div class="ranges" role="group" aria-label={t("range")}>
    {ranges.map((one) => (
      <button
        key={one.key}
        type="button"
        aria-pressed={one === chosen}
        onClick={() => choose({ range: one.key, from: null, to: null })}
      >
        {t(one.key)}
      </button>
    ))}
  </div>
)

/** Forms whose lowest and highest value say nothing. */
const withoutExtent: ReadonlySet<string> = new Set(["stack", "hypnogram", "schedule", "results", "workouts"])

export const Chart = (props: ChartProps) => {
  const { feature, features, person, revision } = props
  const { options } = useSignal(address)
  const range = rangeIn(options)
  const zoom = zoomIn(options)
  const onZoom = (view: View | null) => choose(zoomOptions(view))
  const drawn = useMemo(() => drawnAs(feature, features), [person.id, feature.key, revision])
  const { failure, layers } = useLayers(props, drawn.features, range, zoom)
  const drawable = useMemo(() => layers?.map(plausible) ?? null, [layers])
  const empty = layers !== null && layers.every(({ points }) => points.length === 0)
  const name = named(feature.name)
  const label = t("chartOf", { name, person: person.name })
  const own = drawable?.find((layer) => layer.feature.key === feature.key)?.points ?? []
  return (
    <section class="card chart" aria-label={label}>
      <div class="charthead">
        <h2>
          {name} {feature.reading && <small>{figure(feature, feature.reading.value)}</small>}
        </h2>
        <Ranges chosen={range} />
      </div>
      {failure !== null && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
      {drawable && !withoutExtent.has(drawn.form) && <Extent feature={feature} points={own} />}
      {drawn.form === "stack" && <Keys features={drawn.features} />}
      {drawable?.map(
        ({ feature: one, leftOut }) =>
          leftOut > 0 && (
            <p class="extent quiet" key={one.key}>
              {t("chartLeftOut", { count: leftOut, min: figure(one, one.min), max: figure(one, one.max) })}
            </p>
          ),
      )}
      {empty && <p class="quiet empty">{t("chartEmpty")}</p>}
      {!empty && drawable && (
        <Picture
          {...drawn}
          layers={drawable}
          view={zoom ?? wholeView(range, drawable)}
          label={label}
          onZoom={onZoom}
        />
      )}
      {!empty && !drawable && <div class="canvas" />}
      <div class="chartfoot">
        {zoom ? (
          <button type="button" onClick={() => onZoom(null)}>
            {t("zoomOut")}
          </button>
        ) : (
          <p class="quiet hint">{drawn.form !== "workouts" && t("chartHint")}</p>
        )}
        <details>
          <summary>{t("chartTable")}</summary>
          <Table layers={layers ?? []} />
        </details>
      </div>
    </section>
  )
}

const keyColours = ["--accent", "--second", "--third"]

const Keys = ({ features }: { readonly features: ReadonlyArray<Feature> }) => (
  <ul class="keys">
    {features.map((one, index) => (
      <li key={one.key} style={{ "--key": `var(${keyColours[index]})` }}>
        {named(one.name)}
      </li>
    ))}
  </ul>
)
