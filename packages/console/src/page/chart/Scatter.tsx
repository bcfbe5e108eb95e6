import { extent } from "d3-array"
import { scaleLinear } from "d3-scale"
import { useEffect, useRef, useState } from "preact/hooks"
import { count, dayOf, figure } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import { shownFeature, shownValue } from "../text/units.ts"
import { fitOf, pairs, type Fit, type Pair } from "./correlation.ts"
import type { Layer } from "./drawing.ts"

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

/** "No connection to be seen (r = 0.08, 29 days)": in words before figures, and no cause is claimed. */
const summary = (days: ReadonlyArray<Pair>, fit: Fit | null): string =>
  fit === null
    ? t("fitTooFew", { count: days.length })
    : `${words(fit)} (r = ${count(fit.correlation, 2)}, ${t("daysOf", { count: days.length })}).`

/** Every day as a dot at what was measured of both. */
export const Scatter = ({ label, x: givenX, y: givenY }: ScatterProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [outer, setOuter] = useState(800)
  const [chosen, choose] = useState<number | null>(null)
  useEffect(() => {
    if (!box.current) return
    const resized = new ResizeObserver(([entry]) => entry && setOuter(Math.max(260, entry.contentRect.width)))
    resized.observe(box.current)
    return () => resized.disconnect()
  }, [])
  const [across, up] = [shown(givenX), shown(givenY)]
  const series = (layer: Layer) => ({ points: layer.points, isDaily: layer.feature.nature === "counter" })
  const days = pairs(series(across), series(up))
  const fit = fitOf(days)
  const [width, inner] = [outer - margin.left - margin.right, height - margin.top - margin.bottom]
  const x = scaleOf(
    days.map((day) => day.x),
    [0, width],
  )
  const y = scaleOf(
    days.map((day) => day.y),
    [inner, 0],
  )
  const [from = 0, to = 0] = x.domain()
  const text = summary(days, fit)
  const told = chosen === null ? undefined : days[chosen]
  return (
    <div class="scatter" ref={box}>
      <p>{text}</p>
      <svg width={outer} height={height} role="img" aria-label={`${label}. ${text}`}>
        <g transform={`translate(${margin.left} ${margin.top})`}>
          {y.ticks(6).map((value) => (
            <g key={value} transform={`translate(0 ${y(value)})`}>
              <line class="grid" x2={width} />
              <text class="mark" x={-8} dy="0.32em" text-anchor="end">
                {figure(up.feature, value)}
              </text>
            </g>
          ))}
          {x.ticks(Math.max(2, Math.floor(width / 110))).map((value) => (
            <g key={value} transform={`translate(${x(value)} 0)`}>
              <line class="grid" y2={inner} />
              <text class="mark" y={inner + 18} text-anchor="middle">
                {figure(across.feature, value)}
              </text>
            </g>
          ))}
          {fit && (
            <line
              class="fit"
              x1={x(from)}
              x2={x(to)}
              y1={y(fit.slope * from + fit.intercept)}
              y2={y(fit.slope * to + fit.intercept)}
            />
          )}
          {days.map((day, index) => (
            <circle
              key={day.date}
              class="dot"
              cx={x(day.x)}
              cy={y(day.y)}
              r={5}
              onPointerEnter={() => choose(index)}
              onPointerLeave={() => choose(null)}
            />
          ))}
          <text class="mark axis" x={width} y={inner + 40} text-anchor="end">
            {named(across.feature.name)} →
          </text>
          <text class="mark axis" x={4} y={10}>
            ↑ {named(up.feature.name)}
          </text>
        </g>
      </svg>
      {told && (
        <div
          class="tooltip"
          style={{
            top: "auto",
            bottom: `${height - margin.top - y(told.y) + 10}px`,
            ...(x(told.x) > width / 2
              ? { right: `${width - x(told.x) + margin.right}px` }
              : { left: `${x(told.x) + margin.left}px` }),
          }}
        >
          <strong>{dayOf(new Date(`${told.date}T12:00:00`).getTime() / 1000)}</strong>
          {[[across, told.x] as const, [up, told.y] as const].map(([{ feature }, value]) => (
            <span key={feature.key} style={{ "--key": "var(--accent)" }}>
              {named(feature.name)}: {figure(feature, value)}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
