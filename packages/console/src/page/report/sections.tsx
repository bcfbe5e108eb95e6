import type { Feature } from "@withings-bridge/core"
import { lastNight, nightsOf } from "../chart/nights.ts"
import { pressuresOf, type Pressure } from "../chart/pressure.ts"
import { PressureRanges } from "../chart/PressureRanges.tsx"
import { Schedule } from "../chart/Schedule.tsx"
import type { Layer } from "../chart/drawing.ts"
import type { View } from "../chart/view.ts"
import { categories } from "../parts/categories.ts"
import { change, clockAfterNoon, count, duration, figure, moment, pressureFigure } from "../text/figures.ts"
import { named, say, texts } from "../text/language.ts"
import { Facts, type Fact } from "./Facts.tsx"
import { statisticsOf } from "../chart/statistics.ts"
import { LineSketch } from "./LineSketch.tsx"
import { classCounts, meanNight, pressureSummary, timesOfDay } from "./statistics.ts"

const t = texts({
  timeOfDay: ["Time of day", "Moment", "Tageszeit"],
  measurements: ["Measurements", "Mesures", "Messungen"],
  measurementsOf: ["{count} measurements", "{count} mesures", "{count} Messungen"],
  newestMeasurements: [
    "The newest measurements ({count})",
    "Les dernières mesures ({count})",
    "Die neuesten Messungen ({count})",
  ],
  mean: ["Mean", "Moyenne", "Mittel"],
  systolicRange: ["Systolic", "Systolique", "Systolisch"],
  diastolicRange: ["Diastolic", "Diastolique", "Diastolisch"],
  classesSource: [
    "(classes of the ESC guideline of 2024 for single office values; values at home are usually lower)",
    "(classes de la recommandation ESC 2024 pour des valeurs au cabinet ; à domicile elles sont en général plus basses)",
    "(Klassen der ESC-Leitlinie 2024 für Praxiswerte; zu Hause sind die Werte meist niedriger)",
  ],
  atFirst: ["At first", "Au début", "Zu Beginn"],
  atLast: ["At last", "À la fin", "Am Ende"],
  changeOf: ["Change", "Évolution", "Veränderung"],
  rangeOf: ["Range", "Étendue", "Spanne"],
  bmi: ["Body mass index", "Indice de masse corporelle", "Body-Mass-Index"],
  nights: ["Nights", "Nuits", "Nächte"],
})

interface SectionProps {
  readonly of: (key: string) => Layer | null
  readonly view: View
}

/** Pixels; a page of A4 or Letter between its margins. */
const width = 680
const day = 86_400

const listedAtMost = 60

const Times = ({ pressures, systolic }: { pressures: ReadonlyArray<Pressure>; systolic: Feature }) => {
  const rows = timesOfDay.map(({ isIn, name }) => ({
    name: say(name),
    summary: pressureSummary(pressures.filter(isIn)),
  }))
  const range = ([low, high]: readonly [number, number]) =>
    `${pressureFigure(systolic, low)}–${pressureFigure(systolic, high)}`
  return (
    <div class="scroll tall" tabIndex={0} role="group" aria-label={t("timeOfDay")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("timeOfDay")}</th>
            <th scope="col">{t("measurements")}</th>
            <th scope="col">{t("mean")}</th>
            <th scope="col">{t("systolicRange")}</th>
            <th scope="col">{t("diastolicRange")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, summary }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{summary?.count ?? 0}</td>
              <td>
                {summary && (
                  <strong>
                    {pressureFigure(systolic, summary.mean.systolic)}/
                    {figure(systolic, summary.mean.diastolic)}
                  </strong>
                )}
              </td>
              <td>{summary && range(summary.systolic)}</td>
              <td>{summary && range(summary.diastolic)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const PressureSection = ({ of, view }: SectionProps) => {
  const [systolic, diastolic] = [of("blood-pressure-systolic"), of("blood-pressure-diastolic")]
  if (!systolic || !diastolic) return null
  const pressures = pressuresOf(systolic.points, diastolic.points)
  if (pressures.length === 0) return null
  return (
    <section>
      <h2>{say(categories["blood-pressure"])}</h2>
      <Times pressures={pressures} systolic={systolic.feature} />
      <p>
        {classCounts(pressures)
          .map(([name, times]) => `${say(name)}: ${times}`)
          .join(" · ")}{" "}
        <span class="quiet">{t("classesSource")}</span>
      </p>
      <PressureRanges
        features={[systolic.feature, diastolic.feature]}
        pressures={pressures}
        view={view}
        width={width}
        label={say(categories["blood-pressure"])}
      />
      <h3>{t("newestMeasurements", { count: Math.min(listedAtMost, pressures.length) })}</h3>
      <ul class="readingsinprint">
        {pressures
          .toReversed()
          .slice(0, listedAtMost)
          .map((one) => (
            <li key={one.at}>
              <span>{moment(one.at)}</span>{" "}
              <strong>
                {pressureFigure(systolic.feature, one.systolic)}/
                {pressureFigure(diastolic.feature, one.diastolic)}
              </strong>
            </li>
          ))}
      </ul>
    </section>
  )
}

export const WeightSection = ({ of, view }: SectionProps) => {
  const weight = of("weight")
  const found = weight && statisticsOf(weight.points)
  if (!weight || !found) return null
  const { feature, points } = weight
  const bmi = statisticsOf(of("bmi")?.points ?? [])
  const facts: ReadonlyArray<Fact> = [
    [t("atFirst"), figure(feature, found.first)],
    [t("atLast"), figure(feature, found.last)],
    [t("changeOf"), change(feature, found.last - found.first)],
    [t("rangeOf"), `${figure(feature, found.min)} – ${figure(feature, found.max)}`],
    ...(bmi ? [[t("bmi"), count(bmi.last, 1)] as const] : []),
  ]
  return (
    <section>
      <h2>{named(feature.name)}</h2>
      <Facts facts={facts} />
      <LineSketch
        feature={feature}
        points={points}
        gap={45 * day}
        view={view}
        width={width}
        label={named(feature.name)}
      />
    </section>
  )
}

const Recordings = ({ feature, points }: Layer) => {
  const verdicts = [...Map.groupBy(points, ([, value]) => value)].map(
    ([value, own]) => `${figure(feature, value)}: ${own.length}`,
  )
  return (
    <p>
      <strong>{named(feature.name)}</strong> – {t("measurementsOf", { count: points.length })}.{" "}
      {verdicts.join(" · ")}
    </p>
  )
}

export const HeartSection = ({ of, view }: SectionProps) => {
  const asleep = of("sleep-heart-rate-average")
  const recordings = of("afib-ecg")
  const found = asleep && statisticsOf(asleep.points)
  const hasRecordings = recordings !== null && recordings.points.length > 0
  if (!found && !hasRecordings) return null
  return (
    <section>
      <h2>{say(categories.heart)}</h2>
      {asleep && found && (
        <>
          <Facts
            facts={[
              [t("heartAtRest"), t("meanOf", { value: figure(asleep.feature, found.mean) })],
              [t("rangeOf"), `${figure(asleep.feature, found.min)} – ${figure(asleep.feature, found.max)}`],
              [t("nights"), String(found.count)],
            ]}
          />
          <LineSketch {...asleep} gap={3 * day} view={view} width={width} label={t("heartAtRest")} />
        </>
      )}
      {hasRecordings && <Recordings {...recordings} />}
    </section>
  )
}

export const SleepSection = ({ of, view }: SectionProps) => {
  const asleep = of("sleep-duration")
  const inBed = of("sleep-time-in-bed")
  const found = asleep && statisticsOf(asleep.points)
  if (!asleep || !found) return null
  const nights = nightsOf(inBed?.points ?? [])
  const mean = meanNight(nights)
  const fact = (key: string): ReadonlyArray<Fact> => {
    const layer = of(key)
    const own = layer && statisticsOf(layer.points)
    return layer && own
      ? [[named(layer.feature.name), t("meanOf", { value: figure(layer.feature, own.mean) })]]
      : []
  }
  return (
    <section>
      <h2>{say(categories.sleep)}</h2>
      <Facts
        facts={[
          [t("nights"), String(found.count)],
          [named(asleep.feature.name), t("meanOf", { value: duration(found.mean) })],
          ...(mean
            ? [
                [t("bedtime"), clockAfterNoon(mean.from)] as const,
                [t("wakeUp"), clockAfterNoon(mean.to)] as const,
              ]
            : []),
          ...fact("sleep-efficiency"),
          ...fact("sleep-score"),
        ]}
      />
      {lastNight(nights) && (
        <Schedule nights={nights} view={view} width={width} label={say(categories.sleep)} />
      )}
    </section>
  )
}
