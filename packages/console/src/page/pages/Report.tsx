import type { Feature, Person } from "@withings-bridge/core"
import { useEffect, useMemo } from "preact/hooks"
import { mostPoints } from "../chart/ranges.ts"
import { useLayers } from "../chart/useLayers.ts"
import { dateOf, endIn, type View } from "../chart/view.ts"
import { Failure } from "../parts/Failure.tsx"
import { everyDevice, featuresOf } from "../parts/devices.ts"
import { Nobody } from "../parts/Nobody.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { HeartSection, PressureSection, SleepSection, WeightSection } from "../report/sections.tsx"
import { Select } from "../parts/Select.tsx"
import { Tabs } from "../parts/Tabs.tsx"
import { addressOf, choose, place, type PlaceOptions } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { longDate } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  reportHint: [
    "A summary to print, or to save as a PDF, for a period of your choice.",
    "Un résumé à imprimer, ou à enregistrer en PDF, pour la période de votre choix.",
    "Eine Zusammenfassung zum Drucken oder zum Speichern als PDF, für einen Zeitraum Ihrer Wahl.",
  ],
  reportOf: ["Measurements of {person}", "Mesures de {person}", "Messwerte von {person}"],
  reportPeriod: ["From {from} to {to}.", "Du {from} au {to}.", "Vom {from} bis zum {to}."],
  reportMade: ["Made on {when}.", "Établi le {when}.", "Erstellt am {when}."],
  reportNote: [
    "Measured at home with Withings devices. The figures are shown as they were measured and are no diagnosis.",
    "Mesuré à domicile avec des appareils Withings. Les valeurs sont montrées telles quelles et ne sont pas un diagnostic.",
    "Zu Hause mit Withings-Geräten gemessen. Die Werte stehen hier, wie sie gemessen wurden; sie sind keine Diagnose.",
  ],
  periodFrom: ["From", "Du", "Von"],
  periodTo: ["To", "Au", "Bis"],
  paper: ["Paper", "Papier", "Papier"],
  print: ["Print", "Imprimer", "Drucken"],
})

const keys = new Set([
  "blood-pressure-systolic",
  "blood-pressure-diastolic",
  "weight",
  "bmi",
  "sleep-heart-rate-average",
  "afib-ecg",
  "sleep-duration",
  "sleep-time-in-bed",
  "sleep-efficiency",
  "sleep-score",
])

const quarter = 90 * 86_400
const papers = { a4: "A4", letter: "letter" } as const
type Paper = keyof typeof papers

/** Whole local days; three months by default. */
const periodIn = ({ from, to }: PlaceOptions): View => {
  const now = Date.now() / 1000
  const end = Math.min(endIn({ until: to ?? "" }) ?? now, now)
  const start = endIn({ until: from ?? "" })
  return [start === null ? end - quarter : start - 86_399, end]
}

/** North America prints on Letter. */
const usualPaper = (): Paper => (/-(US|CA|MX)$/.test(navigator.language) ? "letter" : "a4")

/** Uses a constructed style sheet, because the content security policy allows no inline styles. */
const usePaper = (paper: Paper) =>
  useEffect(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`@page { size: ${papers[paper]}; margin: 14mm }`)
    document.adoptedStyleSheets = [sheet]
    return () => {
      document.adoptedStyleSheets = []
    }
  }, [paper])

/** A printable summary of one person over a period. */
export const Report = ({ state }: PageProps) => {
  const {
    options,
    parts: [, personId],
  } = useSignal(place)
  const { persons, revision } = state.household
  const person = persons.find(({ id }) => id === personId) ?? persons[0]
  const paper: Paper =
    options["paper"] === "letter" || options["paper"] === "a4" ? options["paper"] : usualPaper()
  usePaper(paper)
  if (!person) return <Nobody />
  const features = featuresOf(everyDevice(state.household), person.id)
  const period = periodIn(options)
  return (
    <>
      <div class="noprint">
        <p>{t("reportHint")}</p>
        <Tabs
          persons={persons}
          chosen={person}
          hrefOf={(id) => addressOf({ parts: ["report", id], options })}
        />
        <Choices period={period} paper={paper} />
      </div>
      <Sheet person={person} features={features} period={period} revision={revision} />
    </>
  )
}

const Choices = ({ paper, period: [from, to] }: { period: View; paper: Paper }) => (
  <div class="reportchoices">
    <label>
      {t("periodFrom")}
      <input
        type="date"
        value={dateOf(from)}
        max={dateOf(to)}
        onChange={(event) => choose({ from: event.currentTarget.value || null })}
      />
    </label>
    <label>
      {t("periodTo")}
      <input
        type="date"
        value={dateOf(to)}
        max={dateOf(Date.now() / 1000)}
        onChange={(event) => choose({ to: event.currentTarget.value || null })}
      />
    </label>
    <Select
      label={t("paper")}
      value={paper}
      options={[
        ["a4", "A4"],
        ["letter", "Letter"],
      ]}
      choose={(one) => choose({ paper: one })}
    />
    <button type="button" class="primary" onClick={() => print()}>
      {t("print")}
    </button>
  </div>
)

interface SheetProps {
  readonly person: Person
  readonly features: ReadonlyArray<Feature>
  readonly period: View
  readonly revision: number
}

const Sheet = ({ features, period, person, revision }: SheetProps) => {
  const shown = features.filter(({ key }) => keys.has(key))
  const wanted = shown.map((feature) => ({ personId: person.id, feature, view: period, points: mostPoints }))
  const { failure, layers } = useLayers(wanted, revision)
  const of = useMemo(() => {
    const byKey = new Map(layers?.map((layer) => [layer.feature.key, layer]))
    return (key: string) => byKey.get(key) ?? null
  }, [layers])
  const isEmpty = layers?.every(({ points }) => points.length === 0) ?? false
  return (
    <article class="report card" aria-label={t("reportOf", { person: person.name })}>
      <h2 class="reporttitle">{t("reportOf", { person: person.name })}</h2>
      <p>
        {t("reportPeriod", { from: longDate(period[0]), to: longDate(period[1]) })}{" "}
        <span class="quiet">{t("reportMade", { when: longDate(Date.now() / 1000) })}</span>
      </p>
      <Failure message={failure} />
      {layers === null && failure === null && <p>{t("loading")}</p>}
      {isEmpty && <p>{t("chartEmpty")}</p>}
      {layers && (
        <>
          <PressureSection of={of} view={period} />
          <WeightSection of={of} view={period} />
          <HeartSection of={of} view={period} />
          <SleepSection of={of} view={period} />
        </>
      )}
      <p class="quiet">{t("reportNote")}</p>
    </article>
  )
}
