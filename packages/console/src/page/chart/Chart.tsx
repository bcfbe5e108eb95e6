import type { Feature, Person } from "@withings-bridge/core"
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { chart } from "../state/bridge.ts"
import { dark } from "../state/dark.ts"
import { choose, place as address } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { figure, moment } from "../text/figures.ts"
import { language, named, t } from "../text/language.ts"
import { compositionOf } from "./composition.ts"
import { drawing, type Drawing, type Layer } from "./drawing.ts"
import { Extent } from "./Extent.tsx"
import { plausible } from "./plausible.ts"
import { pointsOfAChart, ranges, type Range } from "./ranges.ts"
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

export const Chart = ({ feature, features, person, revision }: ChartProps) => {
  const { options } = useSignal(address)
  const range = rangeIn(options)
  const zoom = zoomIn(options)
  const setZoom = (view: View | null) => choose(zoomOptions(view))
  const [failure, setFailure] = useState<string | null>(null)
  const [layers, setLayers] = useState<ReadonlyArray<Layer> | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawing | null>(null)
  const tongue = useSignal(language)
  const isDark = useSignal(dark)
  const {
    features: shown,
    goal,
    stacked,
  } = useMemo(() => compositionOf(feature, features), [person.id, feature.key, revision])

  useEffect(() => {
    const [from, to] = zoom ?? [Date.now() / 1000 - range.seconds, Date.now() / 1000]
    const stretch = { from: Math.floor(from), to: Math.ceil(to), points: pointsOfAChart }
    let wanted = true
    Promise.all(
      shown.map(async (one) => ({
        feature: one,
        points: await chart({ personId: person.id, feature: one.key, ...stretch }),
      })),
    ).then(
      (answer) => (wanted ? (setFailure(null), setLayers(answer)) : undefined),
      (error) => wanted && setFailure(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      wanted = false
    }
  }, [person.id, feature.key, range, options["from"], options["to"], revision])

  const drawable = useMemo(() => layers?.map(plausible) ?? null, [layers])
  const empty = layers !== null && layers.every(({ points }) => points.length === 0)

  useEffect(() => {
    if (!place.current || empty) return
    const own = drawing(place.current, { features: shown, goal, stacked, onZoom: setZoom })
    const resized = new ResizeObserver(own.fit)
    resized.observe(place.current)
    drawn.current = own
    return () => {
      drawn.current = null
      resized.disconnect()
      own.remove()
    }
  }, [person.id, feature.key, goal, empty, tongue, isDark])

  useEffect(() => {
    // What was asked for another feature may still be here for a moment.
    if (drawable?.length !== shown.length || drawable.some((layer, i) => layer.feature.key !== shown[i]?.key))
      return
    drawn.current?.show(drawable, zoom ?? wholeView(range, drawable))
  }, [drawable, options, goal, empty, tongue, isDark])

  const name = named(feature.name)
  return (
    <section class="card chart" aria-label={t("chartOf", { name, person: person.name })}>
      <div class="charthead">
        <h2>
          {name} {feature.reading && <small>{figure(feature, feature.reading.value)}</small>}
        </h2>
        <div class="ranges" role="group" aria-label={t("range")}>
          {ranges.map((one) => (
            <button
              key={one.key}
              type="button"
              aria-pressed={one === range}
              onClick={() => choose({ range: one.key, from: null, to: null })}
            >
              {t(one.key)}
            </button>
          ))}
        </div>
      </div>
      {failure !== null && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
      {drawable && !stacked && <Extent feature={feature} points={ownPoints(drawable, feature)} />}
      {drawable?.map(
        ({ feature: one, leftOut }) =>
          leftOut > 0 && (
            <p class="extent quiet" key={one.key}>
              {t("chartLeftOut", { count: leftOut, min: figure(one, one.min), max: figure(one, one.max) })}
            </p>
          ),
      )}
      {empty ? <p class="quiet empty">{t("chartEmpty")}</p> : <div class="canvas" ref={place} />}
      <div class="chartfoot">
        {zoom ? (
          <button type="button" onClick={() => setZoom(null)}>
            {t("zoomOut")}
          </button>
        ) : (
          <p class="quiet hint">{t("chartHint")}</p>
        )}
        <details>
          <summary>{t("chartTable")}</summary>
          <Table layers={layers ?? []} />
        </details>
      </div>
    </section>
  )
}

const ownPoints = (layers: ReadonlyArray<Layer>, { key }: Feature) =>
  layers.find((layer) => layer.feature.key === key)?.points ?? []

const rowsAtMost = 100

const Table = ({ layers }: { readonly layers: ReadonlyArray<Layer> }) => {
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
