import { extent } from "d3-array"
import { scaleLinear, type ScaleLinear } from "d3-scale"
import type { Feature } from "@withings-bridge/core"
import { useRef, useState } from "preact/hooks"
import { count, dayOf, figure } from "../text/figures.ts"
import { named, texts } from "../text/language.ts"
import { shownFeature, shownValue } from "../text/units.ts"
import { fitOf, pairs, type Fit, type Pair } from "./correlation.ts"
import type { Layer } from "./drawing.ts"
import { type Tip, Tooltip } from "./Tooltip.tsx"
import { useWidth } from "./useWidth.ts"

const t = texts({
  daysOf: ["{count} days", "{count} jours", "{count} Tage"],
  fitNone: ["No visible connection", "Aucun lien visible", "Kein Zusammenhang erkennbar"],
  fitWeak: ["A weak connection", "Un lien faible", "Ein schwacher Zusammenhang"],
  fitClear: ["A clear connection", "Un lien net", "Ein deutlicher Zusammenhang"],
  fitStrong: ["A strong connection", "Un lien fort", "Ein starker Zusammenhang"],
  fitTooFew: [
    "Too few days with both: {count}.",
    "Trop peu de jours avec les deux : {count}.",
    "Zu wenige Tage mit beidem: {count}.",
  ],
})

interface ScatterProps {
  readonly x: Layer
  readonly y: Layer
  readonly label: string
}

const height = 360
const margin = { left: 92, right: 30, top: 12, bottom: 48 }

const shown = ({ feature, points }: Layer): Layer => ({
  feature: shownFeature(feature),
  points: points.map(([at, value]) => [at, shownValue(feature, value)]),
})

const scaleOf = (values: ReadonlyArray<number>, range: readonly [number, number]) => {
  const [low = 0, high = 1] = extent(values)
  const room = (high - low) * 0.06 || 1
  return scaleLinear([low - room, high + room], range).nice(6)
}

const words = ({ correlation }: Fit): string => {
  const strength = Math.abs(correlation)
  const key =
    strength < 0.2 ? "fitNone" : strength < 0.5 ? "fitWeak" : strength < 0.8 ? "fitClear" : "fitStrong"
  return t(key)
}

/** "No visible connection (r = 0.08, 29 days)". It claims no cause. */
const summary = (days: ReadonlyArray<Pair>, fit: Fit | null): string =>
  fit === null
    ? t("fitTooFew", { count: days.length })
    : `${words(fit)} (r = ${count(fit.correlation, 2)}, ${t("daysOf", { count: days.length })}).`

/** Each day as a dot at its two values. */
export const Scatter = ({ label, x: givenX, y: givenY }: ScatterProps) => {
  const box = useRef<HTMLDivElement>(null)
  const outer = useWidth(box, 800, 260)
  const [chosen, choose] = useState<number | null>(null)
  const [across, up] = [shown(givenX), shown(givenY)]
  const series = (layer: Layer) => ({ points: layer.points, isDaily: layer.feature.nature === "counter" })
  const days = pairs(series(across), series(up))
  const fit = fitOf(days)
  const [width, inner] = [outer - margin.left - margin.right, height - margin.top - margin.bottom]
  const [ofX, ofY] = [days.map((day) => day.x), days.map((day) => day.y)]
  const scales = { x: scaleOf(ofX, [0, width]), y: scaleOf(ofY, [inner, 0]), width, inner }
  const text = summary(days, fit)
  const at = chosen === null ? undefined : days[chosen]
  return (
    <div class="scatter" ref={box}>
      <p>{text}</p>
      <svg width={outer} height={height} role="img" aria-label={`${label}. ${text}`}>
        <g transform={`translate(${margin.left} ${margin.top})`}>
          <Grid across={across.feature} up={up.feature} {...scales} />
          {fit && <FitLine fit={fit} {...scales} />}
          {days.map((day, index) => (
            <circle
              key={day.date}
              class="dot"
              cx={scales.x(day.x)}
              cy={scales.y(day.y)}
              r={5}
              onPointerEnter={() => choose(index)}
              onPointerLeave={() => choose(null)}
            />
          ))}
        </g>
      </svg>
      <Tooltip
        tip={at ? tipOf(at, across.feature, up.feature) : null}
        at={at ? above(scales.x(at.x), scales.y(at.y), width) : {}}
      />
    </div>
  )
}

interface Scales {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  readonly width: number
  readonly inner: number
}

const Grid = ({ across, inner, up, width, x, y }: Scales & { across: Feature; up: Feature }) => (
  <>
    {y.ticks(6).map((value) => (
      <g key={value} transform={`translate(0 ${y(value)})`}>
        <line class="grid" x2={width} />
        <text class="mark" x={-8} dy="0.32em" text-anchor="end">
          {figure(up, value)}
        </text>
      </g>
    ))}
    {x.ticks(Math.max(2, Math.floor(width / 110))).map((value) => (
      <g key={value} transform={`translate(${x(value)} 0)`}>
        <line class="grid" y2={inner} />
        <text class="mark" y={inner + 18} text-anchor="middle">
          {figure(across, value)}
        </text>
      </g>
    ))}
    <text class="mark axis" x={width} y={inner + 40} text-anchor="end">
      {named(across.name)} →
    </text>
    <text class="mark axis" x={4} y={10}>
      ↑ {named(up.name)}
    </text>
  </>
)

const FitLine = ({ fit: { intercept, slope }, x, y }: Scales & { readonly fit: Fit }) => {
  const [from = 0, to = 0] = x.domain()
  return (
    <line
      class="fit"
      x1={x(from)}
      x2={x(to)}
      y1={y(slope * from + intercept)}
      y2={y(slope * to + intercept)}
    />
  )
}

const tipOf = (day: Pair, across: Feature, up: Feature): Tip => ({
  title: dayOf(new Date(`${day.date}T12:00:00`).getTime() / 1000),
  lines: [
    { name: named(across.name), text: figure(across, day.x), colour: "var(--accent)" },
    { name: named(up.name), text: figure(up, day.y), colour: "var(--accent)" },
  ],
})

/** The position of a tooltip above a dot, on the side with more room. */
const above = (x: number, y: number, width: number): Readonly<Record<string, string>> => ({
  top: "auto",
  bottom: `${height - margin.top - y + 10}px`,
  ...(x > width / 2 ? { right: `${width - x + margin.right}px` } : { left: `${x + margin.left}px` }),
})
