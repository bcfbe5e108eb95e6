import type { Feature, Person, PersonId } from "@withings-bridge/core"
import { useMemo } from "preact/hooks"
import { categories } from "../parts/categories.ts"
import { summedKinds } from "../../ConsoleState.ts"
import { Failure } from "../parts/Failure.tsx"
import { choose, place as address, type PlaceOptions } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { figure, pressureFigure } from "../text/figures.ts"
import { named, say, texts } from "../text/language.ts"
import { preferences } from "../text/preferences.ts"
import { besideIn } from "./beside.ts"
import { Calendar } from "./Calendar.tsx"
import { Compared } from "./Compared.tsx"
import { ChartFoot, Keys, LeftOut } from "./ChartParts.tsx"
import { Extent, MeanPressure } from "./Extent.tsx"
import { drawnAs, hasCalendar, hasUsualRange, isComparable, type Form } from "./forms.ts"
import type { Layer } from "./drawing.ts"
import { byPeriod, periodIn } from "./periods.ts"
import { Picture } from "./Picture.tsx"
import { plausible, usualRange } from "./plausible.ts"
import { pointsOf } from "./ranges.ts"
import { Steering } from "./Steering.tsx"
import { useLayers } from "./useLayers.ts"
import { viewIn, zoomIn, zoomOptions, type View } from "./view.ts"

const t = texts({
  chartOf: ["{name} of {person}", "{name} de {person}", "{name} von {person}"],
})

export interface ChartProps {
  readonly person: Person
  readonly persons: ReadonlyArray<Person>
  readonly feature: Feature
  readonly featuresOf: (personId: PersonId) => ReadonlyArray<Feature>
  /** Of the store; the chart asks again when it changes. */
  readonly revision: number
}

const day = 86_400
/** For longer views parts of a whole are requested by day: reduced series would leave out different points of each. */
const daysApart = 400 * day

/** The requested view, but not before the first value. */
const drawnView = ([from, to]: View, layers: ReadonlyArray<Layer>): View => {
  if (from > 0) return [from, to]
  const first = Math.min(...layers.map(({ points }) => points[0]?.[0] ?? to))
  return [first < to ? first - (to - first) * 0.02 : to - day, to]
}

/** Forms whose lowest and highest values are worth a sentence. */
const withExtent: ReadonlySet<Form> = new Set(["line", "trend", "points", "band", "bars"])

const goalKey = (feature: Feature, goal: number | null): ReadonlyArray<string> =>
  goal === null ? [] : [t("goalOf", { goal: figure(feature, goal) })]

const isInPeriods = (form: Form, feature: Feature, [from, to]: View) =>
  (form === "bars" || form === "stack") && !(summedKinds.has(feature.key) && to - from <= 3 * day)

/** Groups daily values by week or month, where the address or the length of the view asks for it. */
const grouped = (layers: ReadonlyArray<Layer>, options: PlaceOptions, view: View): ReadonlyArray<Layer> => {
  const period = periodIn(options, view)
  const firstDay = Number(preferences.get().firstDay)
  return layers.map((layer) =>
    period === "day" && layer.feature.nature !== "counter"
      ? layer
      : { ...layer, points: byPeriod(layer.points, period, firstDay) },
  )
}

export const Chart = (props: ChartProps) => {
  const { feature, featuresOf, person } = props
  const { options } = useSignal(address)
  const beside = isComparable(feature) ? besideIn(options, { person, feature }, props) : null
  const isCalendar = options["as"] === "calendar" && hasCalendar(feature) && beside === null
  const name = named(feature.name)
  const label = t("chartOf", { name, person: person.name })
  const { features, form, goal } = drawnAs(feature, featuresOf(person.id))
  return (
    <section class="card chart" aria-label={label}>
      <Title form={form} feature={feature} features={features} />
      <Steering {...props} beside={beside} options={options} />
      {beside !== null ? (
        <Compared {...props} beside={beside} options={options} label={label} />
      ) : isCalendar ? (
        <Calendar {...props} goal={goal} options={options} label={label} />
      ) : (
        <Plain {...props} options={options} label={label} />
      )}
    </section>
  )
}

interface TitleProps {
  readonly form: Form
  readonly feature: Feature
  readonly features: ReadonlyArray<Feature>
}

/** The name of the measure and its newest value; both values of a blood pressure. */
const Title = ({ feature, features: [first, second], form }: TitleProps) => {
  const isPressure = form === "pressure" && first?.reading && second?.reading
  return (
    <h2>
      {isPressure ? say(categories["blood-pressure"]) : named(feature.name)}{" "}
      {isPressure ? (
        <small>
          {pressureFigure(first, first.reading.value)}/{figure(second, second.reading.value)}
        </small>
      ) : (
        feature.reading && <small>{figure(feature, feature.reading.value)}</small>
      )}
    </h2>
  )
}

/** The legend of a chart. */
const KeysOf = ({
  drawn,
  feature,
}: {
  readonly drawn: ReturnType<typeof drawnAs>
  readonly feature: Feature
}) => {
  const goal = goalKey(feature, drawn.goal)
  switch (drawn.form) {
    case "trend":
      return (
        <Keys
          names={[t("trend"), named(feature.name), ...goal]}
          colours={["--accent", "--soft", "--quiet"]}
        />
      )
    case "bars":
      return <Keys names={goal} colours={["--quiet"]} />
    case "stack":
      return <Keys names={drawn.features.map((one) => named(one.name))} />
    case "band":
      return drawn.features.length < 2 ? null : (
        <Keys names={[t("middleOf"), t("heartAtRest")]} colours={["--accent", "--third"]} />
      )
    default:
      return null
  }
}

const wantedOf = ({ features, form }: ReturnType<typeof drawnAs>, personId: PersonId, view: View) => {
  const daily = view[1] - view[0] > daysApart && (form === "stack" || form === "bars")
  return features.map((feature) => ({ personId, feature, view, daily, points: pointsOf(form) }))
}

/** A chart of one feature without a comparison. */
const Plain = ({
  feature,
  featuresOf,
  label,
  options,
  person,
  revision,
}: ChartProps & { readonly options: PlaceOptions; readonly label: string }) => {
  const units = useSignal(preferences)
  const minute = Math.floor(Date.now() / 60_000)
  const asked = viewIn(options, minute * 60)
  const onZoom = (view: View | null) => choose(zoomOptions(view))
  const drawn = useMemo(() => drawnAs(feature, featuresOf(person.id)), [person.id, feature.key, revision])
  const wanted = wantedOf(drawn, person.id, asked)
  const { failure, layers } = useLayers(wanted, revision)
  const view = drawnView(asked, layers ?? [])
  const inPeriods = isInPeriods(drawn.form, feature, view)
  const drawable = useMemo(
    () => (layers && inPeriods ? grouped(layers, options, view) : layers)?.map(plausible) ?? null,
    [layers, inPeriods, options["by"], units],
  )
  const empty = layers !== null && layers.every(({ points }) => points.length === 0)
  const own = drawable?.find((layer) => layer.feature.key === feature.key)?.points ?? []
  const usual = hasUsualRange(feature) ? usualRange(own) : null
  return (
    <>
      <Failure message={failure} />
      {drawable && withExtent.has(drawn.form) && (
        <Extent feature={feature} points={own} usual={usual} form={drawn.form} />
      )}
      {drawable && drawn.form === "pressure" && <MeanPressure layers={drawable} />}
      <KeysOf drawn={drawn} feature={feature} />
      <LeftOut layers={drawable ?? []} />
      {empty && <p class="quiet empty">{t("chartEmpty")}</p>}
      {!empty && drawable && (
        <Picture
          {...drawn}
          person={person}
          layers={drawable}
          usual={usual}
          view={view}
          label={label}
          options={options}
          onZoom={onZoom}
        />
      )}
      {!empty && !drawable && failure === null && <div class="canvas" />}
      <ChartFoot isZoomed={zoomIn(options) !== null} layers={layers ?? []} hasHint={drawn.form !== "ecg"} />
    </>
  )
}
