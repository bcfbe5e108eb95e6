import { useRef, useState } from "preact/hooks"
import { Failure } from "../parts/Failure.tsx"
import type { PlaceOptions } from "../state/place.ts"
import { dayOf, figure, monthName, weekdayName } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { preferences } from "../text/preferences.ts"
import { calendarOf, levelsOf, type CalendarDay } from "./calendar.ts"
import type { ChartProps } from "./Chart.tsx"
import { ChartFoot } from "./ChartParts.tsx"
import { Tooltip } from "./Tooltip.tsx"
import { useLayers } from "./useLayers.ts"
import { useWidth } from "./useWidth.ts"
import { viewIn } from "./view.ts"

const t = texts({
  less: ["less", "moins", "weniger"],
  moreOf: ["more", "plus", "mehr"],
})

interface CalendarProps extends ChartProps {
  readonly goal: number | null
  readonly options: PlaceOptions
  readonly label: string
}

const year = 378 * 86_400
const left = 34
const top = 20

/** All 53 weeks in one row where there is room, else two halves. */
const layoutOf = (width: number, weeks: number) => {
  const across = width < 700 ? Math.ceil(weeks / 2) : weeks
  const cell = Math.min(22, Math.floor((width - left) / across))
  return { across, cell, rows: Math.ceil(weeks / across), block: top + 7 * cell + 14 }
}

type Layout = ReturnType<typeof layoutOf>

const placeOf = ({ across, block, cell }: Layout, { week, weekday }: CalendarDay) => ({
  x: left + (week % across) * cell,
  y: Math.floor(week / across) * block + top + weekday * cell,
})

/** A year of days, each coloured by its value. */
export const Calendar = ({ feature, goal, label, options, person, revision }: CalendarProps) => {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 900)
  const [chosen, setChosen] = useState<number | null>(null)
  const [, end] = viewIn({ ...options, range: "year" }, Math.floor(Date.now() / 60_000) * 60)
  const { failure, layers } = useLayers(
    [{ personId: person.id, feature, view: [end - year, end], daily: true }],
    revision,
  )
  const firstDay = Number(preferences.get().firstDay)
  const days = calendarOf(layers?.[0]?.points ?? [], end, firstDay, feature.nature === "counter")
  const layout = layoutOf(width, (days.at(-1)?.week ?? 0) + 1)
  const day = chosen === null ? undefined : days[chosen]
  const text = day && (day.value === null ? t("noReading") : figure(feature, day.value))
  const tip = day
    ? { title: dayOf(day.at), lines: [{ name: "", text: text ?? "", colour: "var(--accent)" }] }
    : null
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 7, ArrowLeft: -7, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(days.length - 1, (chosen ?? days.length - 1 - step) + step)))
  }
  if (failure !== null) return <Failure message={failure} />
  return (
    <>
      <div class="timeline calendar" ref={box} tabIndex={0} role="group" aria-label={label} onKeyDown={keys}>
        <svg
          width={width}
          height={layout.rows * layout.block}
          aria-hidden="true"
          onPointerLeave={() => setChosen(null)}
        >
          <Days days={days} layout={layout} level={levelsOf(days, goal)} choose={setChosen} />
          <Weekdays firstDay={firstDay} layout={layout} />
          {day && <ChosenDay {...placeOf(layout, day)} cell={layout.cell} />}
        </svg>
        <Tooltip tip={tip} at={day ? besideDay(layout, day, width) : {}} />
      </div>
      <p class="calendarkey quiet">
        {t("less")}
        {[1, 2, 3, 4, 5].map((one) => (
          <span key={one} class={`level${one}`} />
        ))}
        {goal === null ? t("moreOf") : t("goalOf", { goal: figure(feature, goal) })}
      </p>
      <ChartFoot isZoomed={false} layers={layers ?? []} hasHint={false} />
    </>
  )
}

interface DaysProps {
  readonly days: ReadonlyArray<CalendarDay>
  readonly layout: Layout
  readonly level: (value: number) => number
  readonly choose: (index: number) => void
}

const Days = ({ choose, days, layout, level }: DaysProps) => (
  <>
    {days.map((one, index) => {
      const { x, y } = placeOf(layout, one)
      const isFirst = one.at !== 0 && new Date(one.at * 1000).getDate() === 1
      return (
        <g key={one.date}>
          {isFirst && (
            <text class="mark" x={x} y={Math.floor(one.week / layout.across) * layout.block + 13}>
              {monthName(one.at)}
            </text>
          )}
          <rect
            class={`calendarday level${one.value === null ? 0 : level(one.value)}`}
            x={x}
            y={y}
            width={layout.cell - 2}
            height={layout.cell - 2}
            rx={3}
            onPointerEnter={() => choose(index)}
          />
        </g>
      )
    })}
  </>
)

const Weekdays = ({ firstDay, layout }: { readonly firstDay: number; readonly layout: Layout }) => (
  <>
    {Array.from({ length: layout.rows }, (_, row) =>
      [0, 2, 4, 6].map((weekday) => (
        <text
          key={`${row} ${weekday}`}
          class="mark"
          x={0}
          y={row * layout.block + top + weekday * layout.cell + layout.cell / 2}
          dy="0.3em"
        >
          {weekdayName(((firstDay - 1 + weekday) % 7) + 1, "short").slice(0, 3)}
        </text>
      )),
    )}
  </>
)

const ChosenDay = ({ cell, x, y }: { readonly cell: number; readonly x: number; readonly y: number }) => (
  <rect class="chosenday" x={x - 1} y={y - 1} width={cell} height={cell} rx={4} />
)

/** The position of a tooltip below a day, on the side with more room. */
const besideDay = (layout: Layout, day: CalendarDay, width: number) => {
  const { x, y } = placeOf(layout, day)
  const across: Record<string, string> =
    x > width / 2 ? { right: `${width - x - layout.cell}px` } : { left: `${x}px` }
  return { top: `${y + layout.cell + 4}px`, ...across }
}
