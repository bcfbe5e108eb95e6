import { mean } from "d3-array"
import { useMemo } from "preact/hooks"
import { Failure } from "../parts/Failure.tsx"
import { choose, type PlaceOptions } from "../state/place.ts"
import { change, figure } from "../text/figures.ts"
import { named, texts } from "../text/language.ts"
import type { Beside } from "./beside.ts"
import { Canvas } from "./Canvas.tsx"
import type { ChartProps } from "./Chart.tsx"
import { ChartFoot, Keys } from "./ChartParts.tsx"
import type { Layer } from "./drawing.ts"
import { gapOf } from "./forms.ts"
import { plausible } from "./plausible.ts"
import { Scatter } from "./Scatter.tsx"
import { useLayers, type Wanted } from "./useLayers.ts"
import { viewIn, zoomIn, zoomOptions, type View } from "./view.ts"

const t = texts({
  thisPeriod: ["This period", "Cette période", "Dieser Zeitraum"],
  difference: ["difference {value}", "écart {value}", "Unterschied {value}"],
})

interface ComparedProps extends ChartProps {
  readonly beside: Beside
  readonly options: PlaceOptions
  readonly label: string
}

const day = 86_400
/** For longer views daily values are compared. */
const dailyFrom = 14 * day

/** There is no period before "all", so the last ten years are used. */
const comparable = ([from, to]: View): View => [from === 0 ? to - 3653 * day : from, to]

const wantedOf = ({ beside, feature, person }: ComparedProps, view: View): ReadonlyArray<Wanted> => {
  const [from, to] = view
  const daily = to - from > dailyFrom
  const own = { personId: person.id, feature, view, daily }
  const shift = to - from
  if (beside.kind === "before") return [own, { ...own, view: [from - shift, from], shift }]
  return beside.kind === "person"
    ? [own, { ...own, personId: beside.person.id, feature: beside.feature }]
    : [own, { ...own, feature: beside.feature }]
}

const namesOf = ({ beside, feature, person }: ComparedProps): ReadonlyArray<string> => {
  if (beside.kind === "before") return [t("thisPeriod"), t("periodBefore")]
  return beside.kind === "person"
    ? [person.name, beside.person.name]
    : [named(feature.name), named(beside.feature.name)]
}

interface MeansProps {
  readonly layers: readonly [Layer, Layer]
  readonly names: ReadonlyArray<string>
  readonly isSameMeasure: boolean
}

/** The mean of each series, and the difference. */
const Means = ({ isSameMeasure, layers, names }: MeansProps) => {
  const means = layers.map(({ points }) => mean(points, ([, value]) => value))
  const [first, second] = means
  const parts = layers.map(({ feature }, index) => {
    const own = means[index]
    return `${names[index]}: ${own === undefined ? t("noReading") : t("meanOf", { value: figure(feature, own) })}`
  })
  const [{ feature }] = layers
  const apart =
    isSameMeasure && first !== undefined && second !== undefined
      ? [t("difference", { value: change(feature, first - second) })]
      : []
  return <p class="extent quiet">{[...parts, ...apart].join(" · ")}</p>
}

/** Compares two persons, two measures, or two periods. */
export const Compared = (props: ComparedProps) => {
  const { beside, label, options, revision } = props
  const view = comparable(viewIn(options, Math.floor(Date.now() / 60_000) * 60))
  const { failure, layers } = useLayers(wantedOf(props, view), revision)
  const drawable = useMemo(() => layers?.map(plausible) ?? null, [layers])
  const features = useMemo(() => drawable?.map(({ feature }) => feature) ?? [], [drawable])
  const names = namesOf(props)
  const onZoom = (next: View | null) => choose(zoomOptions(next))
  const [x, y] = drawable ?? []
  const title = `${label}, ${names.join(", ")}`
  if (failure !== null) return <Failure message={failure} />
  if (!x || !y) return <div class="canvas" />
  const isScatter = beside.kind === "measure" && options["as"] === "scatter"
  return (
    <>
      <Means layers={[x, y]} names={names} isSameMeasure={beside.kind !== "measure"} />
      {isScatter ? (
        <Scatter x={x} y={y} label={title} />
      ) : (
        <>
          <Keys names={names} />
          <Canvas
            form="compared"
            features={features}
            names={names}
            gap={Math.max(gapOf(x.feature), gapOf(y.feature))}
            goal={null}
            layers={[x, y]}
            view={view}
            label={title}
            onZoom={onZoom}
          />
        </>
      )}
      <ChartFoot isZoomed={zoomIn(options) !== null} layers={[x, y]} hasHint={!isScatter} />
    </>
  )
}
