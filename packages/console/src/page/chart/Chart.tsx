import type { Feature, Person } from "@withings-bridge/core"
import { useEffect, useRef, useState } from "preact/hooks"
import type { ChartPoint } from "../../ConsoleState.ts"
import { chart } from "../state/bridge.ts"
import { figure, moment } from "../text/figures.ts"
import { named, t } from "../text/language.ts"
import { drawing, type Drawing } from "./drawing.ts"
import { pointsOfAChart, ranges, type Range } from "./ranges.ts"

interface ChartProps {
  readonly person: Person
  readonly feature: Feature
  /** Moves when the store does: the chart asks again. */
  readonly revision: number
}

export const Chart = ({ person, feature, revision }: ChartProps) => {
  const [range, setRange] = useState<Range>(ranges[3])
  const [points, setPoints] = useState<ReadonlyArray<ChartPoint> | null>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawing | null>(null)

  useEffect(() => {
    const to = Math.ceil(Date.now() / 1000)
    let wanted = true
    const query = {
      person: person.id,
      kind: feature.key,
      from: to - range.seconds,
      to,
      points: pointsOfAChart,
    }
    chart(query)
      .then((answer) => wanted && setPoints(answer))
      .catch(() => wanted && setPoints([]))
    return () => {
      wanted = false
    }
  }, [person.id, feature.key, range, revision])

  useEffect(() => {
    if (!canvas.current || !points || points.length === 0) return
    drawn.current = drawing(canvas.current, feature, points)
    const resized = new ResizeObserver(() => drawn.current?.fit())
    resized.observe(canvas.current)
    return () => {
      resized.disconnect()
      drawn.current?.remove()
    }
  }, [points])

  const name = named(feature.name)
  return (
    <section class="card chart" aria-label={t("chartOf", { name, person: person.name })}>
      <div class="charthead">
        <h2>
          {name}
          {feature.reading && <small> {figure(feature, feature.reading.value)}</small>}
        </h2>
        <div class="ranges" role="group" aria-label={t("range")}>
          {ranges.map((one) => (
            <button key={one.key} type="button" aria-pressed={one === range} onClick={() => setRange(one)}>
              {t(one.key)}
            </button>
          ))}
        </div>
      </div>
      {points?.length === 0 ? (
        <p class="quiet empty">{t("chartEmpty")}</p>
      ) : (
        <div class="canvas" ref={canvas} />
      )}
      <p class="quiet">{t("chartHint")}</p>
      <details>
        <summary>{t("chartTable")}</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("when")}</th>
                <th scope="col">{t("value")}</th>
              </tr>
            </thead>
            <tbody>
              {(points ?? [])
                .slice(-100)
                .toReversed()
                .map(([at, value]) => (
                  <tr key={at}>
                    <td>{moment(at)}</td>
                    <td>{figure(feature, value)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
