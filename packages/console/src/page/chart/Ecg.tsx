import { useRef } from "preact/hooks"
import type { Feature, Person } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { ecg, type EcgCurve } from "../state/bridge.ts"
import { useAnswer } from "../state/useAnswer.ts"
import { choose, type PlaceOptions } from "../state/place.ts"
import { figure, moment } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { heightOf, millimetresPerSecond, stripsOf, type Strip } from "./ecgStrip.ts"
import { Results } from "./Results.tsx"
import type { Frame } from "./Timeline.tsx"
import { useWidth } from "./useWidth.ts"

const t = texts({
  ecgStrip: [
    "Electrocardiogram of {seconds} seconds: {verdict}",
    "Électrocardiogramme de {seconds} secondes : {verdict}",
    "Elektrokardiogramm von {seconds} Sekunden: {verdict}",
  ],
  ecgScale: [
    "25 mm/s · 10 mm/mV, one small square 1 mm. Recorded by a watch or monitor; no diagnosis.",
    "25 mm/s · 10 mm/mV, un petit carré : 1 mm. Enregistré par une montre ou un tensiomètre ; pas un diagnostic.",
    "25 mm/s · 10 mm/mV, ein kleines Kästchen 1 mm. Von einer Uhr oder einem Messgerät aufgezeichnet; keine Diagnose.",
  ],
})

interface EcgProps extends Frame {
  readonly person: Person
  readonly feature: Feature
  readonly points: ReadonlyArray<ChartPoint>
  readonly options: PlaceOptions
}

/** The verdicts over time, and the curve of the chosen one, or of the newest. */
export const Ecg = ({ feature, options, person, points, ...rest }: EcgProps) => {
  const chosen = points.find(([at]) => String(at) === options["at"]) ?? points.at(-1)
  const index = chosen ? points.indexOf(chosen) : -1
  const show = (next: number) => choose({ at: String(points[next]?.[0] ?? "") })
  return (
    <>
      <Results
        {...rest}
        feature={feature}
        points={points}
        chosen={chosen?.[0]}
        onChoose={(point) => show(point)}
      />
      {chosen && (
        <>
          <div class="recording">
            <h3>
              {moment(chosen[0])}: {figure(feature, chosen[1])}
            </h3>
            <span class="dates">
              <button
                type="button"
                disabled={index <= 0}
                aria-label={t("earlier")}
                onClick={() => show(index - 1)}
              >
                ‹
              </button>
              <button
                type="button"
                disabled={index >= points.length - 1}
                aria-label={t("later")}
                onClick={() => show(index + 1)}
              >
                ›
              </button>
            </span>
          </div>
          <Curve key={chosen[0]} person={person} at={chosen[0]} verdict={figure(feature, chosen[1])} />
        </>
      )}
    </>
  )
}

const Curve = ({ at, person, verdict }: { person: Person; at: number; verdict: string }) => {
  const { answer: curve, failure } = useAnswer(() => ecg(person.id, at), [person.id, at])
  if (failure !== null) return <p class="failed">{failure}</p>
  return curve === null ? <div class="canvas" /> : <Strips curve={curve} verdict={verdict} />
}

/** Millimetres for the calibration pulse of one millivolt at the beginning of each strip. */
const lead = 9

/** An electrocardiogram on millimetre paper. */
const Strips = ({ curve, verdict, width: given }: { curve: EcgCurve; verdict: string; width?: number }) => {
  const box = useRef<HTMLDivElement>(null)
  const measured = useWidth(box, given ?? 900)
  const width = given ?? measured
  const pixels = width < 500 ? 3 : 4
  const seconds = Math.max(2, Math.floor((width / pixels - lead) / millimetresPerSecond))
  const strips = stripsOf(curve.microvolts, curve.samplingFrequency, seconds)
  const [above, below] = heightOf(strips)
  const each = above + below
  const across = lead + seconds * millimetresPerSecond
  const label = t("ecgStrip", {
    seconds: Math.round(curve.microvolts.length / curve.samplingFrequency),
    verdict,
  })
  return (
    <div class="ecg" ref={box}>
      <svg
        viewBox={`0 0 ${across} ${strips.length * each}`}
        width={across * pixels}
        height={strips.length * each * pixels}
        role="img"
        aria-label={label}
      >
        <defs>
          <pattern id="mm" width="1" height="1" patternUnits="userSpaceOnUse">
            <path d="M1 0H0V1" class="mm" />
          </pattern>
          <pattern id="mm5" width="5" height="5" patternUnits="userSpaceOnUse">
            <rect width="5" height="5" fill="url(#mm)" />
            <path d="M5 0H0V5" class="mm5" />
          </pattern>
        </defs>
        <rect width="100%" height="100%" fill="url(#mm5)" />
        {strips.map((strip, row) => (
          <g key={strip.from} transform={`translate(0 ${row * each + above})`}>
            <path class="pulse" d="M1 0h1.5v-10h4v10h1.5" />
            <path class="curve" d={pathOf(strip)} />
            <text class="seconds" x={lead} y={below - 1.5}>
              {strip.from}&nbsp;s
            </text>
          </g>
        ))}
      </svg>
      <p class="quiet">{t("ecgScale")}</p>
    </div>
  )
}

const pathOf = ({ points }: Strip): string =>
  points
    .map(([x, y], index) => `${index === 0 ? "M" : "L"}${(lead + x).toFixed(2)} ${(-y).toFixed(2)}`)
    .join("")
