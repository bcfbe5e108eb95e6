import { useEffect, useRef, useState } from "preact/hooks"
import { dayOf, figure, monthName, weekdayName } from "../text/figures.ts"
import { t } from "../text/language.ts"
import { preferences } from "../text/preferences.ts"
import { calendarOf, levelsOf, type CalendarDay } from "./calendar.ts"
import type { ChartProps, Options } from "./Chart.tsx"
import { ChartFoot } from "./ChartParts.tsx"
import { toldAsText } from "./tooltip.ts"
import { useLayers } from "./useLayers.ts"
import { viewIn } from "./view.ts"

interface CalendarProps extends ChartProps {
  readonly goal: number | null
  readonly options: Options
  readonly label: string
}

const year = 378 * 86_400
const left = 34
const top = 20

/** A year of 53 weeks where there is room, else its halves below each other. */
const layoutOf = (width: number, weeks: number) => {
  const across = width < 700 ? Math.ceil(weeks / 2) : weeks
  const cell = Math.min(22, Math.floor((width - left) / across))
  return { across, cell, rows: Math.ceil(weeks / across), block: top + 7 * cell + 14 }
}

/** A year of days, each coloured by how much there was. */
export const Calendar = ({ feature, goal, label, options, person, revision }: CalendarProps) => {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(900)
  const [chosen, setChosen] = useState<number | null>(null)
  useEffect(() => {
    if (!box.current) return
    const resized = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    resized.observe(box.current)
    return () => resized.disconnect()
  }, [])
  const [, end] = viewIn({ ...options, range: "year" }, Math.floor(Date.now() / 60_000) * 60)
  const { failure, layers } = useLayers(
    [{ personId: person.id, feature, view: [end - year, end], daily: true }],
    revision,
  )
  const firstDay = Number(preferences.get().firstDay)
  const days = calendarOf(layers?.[0]?.points ?? [], end, firstDay, feature.nature === "counter")
  const level = levelsOf(days, goal)
  const weeks = (days.at(-1)?.week ?? 0) + 1
  const { across, block, cell, rows } = layoutOf(width, weeks)
  const x = ({ week }: CalendarDay) => left + (week % across) * cell
  const y = ({ week, weekday }: CalendarDay) => Math.floor(week / across) * block + top + weekday * cell
  const day = chosen === null ? undefined : days[chosen]
  const told = day && {
    title: dayOf(day.at),
    lines: [
      {
        name: "",
        text: day.value === null ? t("noReading") : figure(feature, day.value),
        colour: "var(--accent)",
      },
    ],
  }
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 7, ArrowLeft: -7, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(days.length - 1, (chosen ?? days.length - 1 - step) + step)))
  }
  if (failure !== null)
    return (
      <p class="failed" role="alert">
        {failure}
      </p>
    )
  return (
    <>
      <div class="timeline calendar" ref={box} tabIndex={0} role="group" aria-label={label} onKeyDown={keys}>
        <svg width={width} height={rows * block} aria-hidden="true" onPointerLeave={() => setChosen(null)}>
          {days.map((one, index) => (
            <g key={one.date}>
              {one.at && new Date(one.at * 1000).getDate() === 1 && (
                <text class="mark" x={x(one)} y={Math.floor(one.week / across) * block + 13}>
                  {monthName(one.at)}
                </text>
              )}
              <rect
                class={`calendarday level${one.value === null ? 0 : level(one.value)}`}
                x={x(one)}
                y={y(one)}
                width={cell - 2}
                height={cell - 2}
                rx={3}
                onPointerEnter={() => setChosen(index)}
              />
            </g>
          ))}
          {Array.from({ length: rows }, (_, row) =>
            [0, 2, 4, 6].map((weekday) => (
              <text
                key={`${row} ${weekday}`}
                class="mark"
                x={0}
                y={row * block + top + weekday * cell + cell / 2}
                dy="0.3em"
              >
                {weekdayName(((firstDay - 1 + weekday) % 7) + 1, "short").slice(0, 3)}
              </text>
            )),
          )}
          {day && <rect class="chosenday" x={x(day) - 1} y={y(day) - 1} width={cell} height={cell} rx={4} />}
        </svg>
        {day && told && (
          <div
            class="tooltip"
            style={{
              top: `${y(day) + cell + 4}px`,
              ...(x(day) > width / 2 ? { right: `${width - x(day) - cell}px` } : { left: `${x(day)}px` }),
            }}
          >
            <strong>{told.title}</strong>
            <span style={{ "--key": "var(--accent)" }}>{told.lines[0]?.text}</span>
          </div>
        )}
      </div>
      <p role="status" class="unseen">
        {toldAsText(told ?? null)}
      </p>
      <p class="calendarkey quiet">
        {t("less")}
        {[1, 2, 3, 4, 5].map((one) => (
          <span key={one} class={`level${one}`} />
        ))}
        {goal === null ? t("moreOf") : t("goalReached", { goal: figure(feature, goal) })}
      </p>
      <ChartFoot isZoomed={false} layers={layers ?? []} hasHint={false} />
    </>
  )
}
