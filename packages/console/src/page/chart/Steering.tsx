import { summedKinds } from "../../ConsoleState.ts"
import { Options, Select } from "../parts/Select.tsx"
import { choose, type PlaceOptions } from "../state/place.ts"
import { named, say, texts } from "../text/language.ts"
import type { Beside } from "./beside.ts"
import type { ChartProps } from "./Chart.tsx"
import { drawnAs, hasCalendar, isComparable } from "./forms.ts"
import { periodIn, periods } from "./periods.ts"
import { rangeIn, dateOf, viewIn, zoomIn, zoomOptions } from "./view.ts"
import { ranges } from "./ranges.ts"
import { bounded, moved } from "./steering.ts"

const t = texts({
  range: ["Range", "Période", "Zeitraum"],
  dates: ["Dates", "Dates", "Daten"],
  jumpTo: ["Up to this day", "Jusqu’à ce jour", "Bis zu diesem Tag"],
  barsBy: ["Bars", "Barres", "Balken"],
  shownAs: ["Shown as", "Affichage", "Darstellung"],
  asChart: ["Chart", "Graphique", "Diagramm"],
  asCalendar: ["Calendar of a year", "Calendrier d’une année", "Jahreskalender"],
  overTime: ["Over time", "Dans le temps", "Im Zeitverlauf"],
  asScatter: ["Scatter plot", "Nuage de points", "Streudiagramm"],
  compareWith: ["Compare with", "Comparer avec", "Vergleichen mit"],
  compareWithNothing: ["Compare with…", "Comparer avec…", "Vergleichen mit …"],
  measures: ["Measures", "Mesures", "Messgrößen"],
})

interface SteeringProps extends ChartProps {
  readonly options: PlaceOptions
  readonly beside: Beside | null
}

const nowSeconds = () => Date.now() / 1000

const Ranges = ({ options }: { readonly options: PlaceOptions }) => (
  <div class="ranges" role="group" aria-label={t("range")}>
    {ranges.map(({ key, name }) => (
      <button
        key={key}
        type="button"
        aria-pressed={key === rangeIn(options).key && zoomIn(options) === null}
        onClick={() => choose({ range: key, ...zoomOptions(null), by: null })}
      >
        {say(name)}
      </button>
    ))}
  </div>
)

/** Goes to the period before or after, or to any date. */
const Dates = ({ options }: { readonly options: PlaceOptions }) => {
  const now = nowSeconds()
  const [from, to] = viewIn(options, now)
  const isAll = from === 0
  const move = (by: 1 | -1) => {
    const next = bounded(moved([from, to], by * (to - from)), nowSeconds())
    choose(
      zoomIn(options) ? zoomOptions(next) : { until: nowSeconds() - next[1] < 60 ? null : dateOf(next[1]) },
    )
  }
  return (
    <div class="dates" role="group" aria-label={t("dates")}>
      <button type="button" aria-label={t("earlier")} disabled={isAll} onClick={() => move(-1)}>
        ‹
      </button>
      <input
        type="date"
        aria-label={t("jumpTo")}
        max={dateOf(now)}
        value={dateOf(to)}
        onChange={(event) => choose({ until: event.currentTarget.value || null, ...zoomOptions(null) })}
      />
      <button type="button" aria-label={t("later")} disabled={isAll || now - to < 60} onClick={() => move(1)}>
        ›
      </button>
    </div>
  )
}

/** Chooses what to compare with: the period before, another person with the same measure, or another measure. */
const Comparison = ({ beside, feature, featuresOf, options, person, persons }: SteeringProps) => {
  const others = persons.filter(
    ({ id }) => id !== person.id && featuresOf(id).some(({ key }) => key === feature.key),
  )
  const measures = featuresOf(person.id)
    .filter((one) => one.key !== feature.key && isComparable(one))
    .map((one) => [`measure:${one.key}`, named(one.name)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b))
  return (
    <label class="pick">
      <span class="unseen">{t("compareWith")}</span>
      <select
        value={beside === null ? "" : (options["with"] ?? "")}
        onChange={(event) => choose({ with: event.currentTarget.value || null, as: null })}
      >
        <option value="">{t("compareWithNothing")}</option>
        <option value="before">{t("periodBefore")}</option>
        {others.length > 0 && (
          <optgroup label={t("persons")}>
            <Options options={others.map(({ id, name }) => [`person:${id}`, name])} />
          </optgroup>
        )}
        <optgroup label={t("measures")}>
          <Options options={measures} />
        </optgroup>
      </select>
    </label>
  )
}

interface ShownAsProps {
  readonly as: string
  readonly options: PlaceOptions
  readonly names: readonly [usual: string, other: string]
}

/** Switches between the usual picture and another one. */
const ShownAs = ({ as, names: [usual, other], options }: ShownAsProps) => (
  <Select
    isLabelUnseen
    label={t("shownAs")}
    value={options["as"] === as ? as : ""}
    options={[
      ["", usual],
      [as, other],
    ]}
    choose={(chosen) => choose({ as: chosen || null })}
  />
)

/** The controls of a chart. All of their state is in the address. */
export const Steering = (props: SteeringProps) => {
  const { beside, feature, featuresOf, options, person } = props
  const { form } = drawnAs(feature, featuresOf(person.id))
  const view = viewIn(options, nowSeconds())
  const isCalendar = options["as"] === "calendar" && beside === null && hasCalendar(feature)
  const isCounted = (form === "bars" || form === "stack") && !summedKinds.has(feature.key)
  return (
    <div class="steering">
      {!isCalendar && <Ranges options={options} />}
      <Dates options={isCalendar ? { ...options, range: "year" } : options} />
      {isCounted && beside === null && !isCalendar && (
        <Select
          isLabelUnseen
          label={t("barsBy")}
          value={periodIn(options, view)}
          options={Object.entries(periods).map(([one, name]) => [one, say(name)])}
          choose={(by) => choose({ by })}
        />
      )}
      {hasCalendar(feature) && beside === null && (
        <ShownAs as="calendar" options={options} names={[t("asChart"), t("asCalendar")]} />
      )}
      {beside?.kind === "measure" && (
        <ShownAs as="scatter" options={options} names={[t("overTime"), t("asScatter")]} />
      )}
      {isComparable(feature) && !isCalendar && <Comparison {...props} />}
    </div>
  )
}
