import type { ChartPoint } from "../../ConsoleState.ts"
import { beginningOf } from "./periods.ts"
import { dateOf } from "./view.ts"

export interface CalendarDay {
  /** "2026-11-21" */
  readonly date: string
  /** Local noon, epoch seconds. */
  readonly at: number
  /** Columns are weeks, rows the days of a week. */
  readonly week: number
  readonly weekday: number
  readonly value: number | null
}

const half = 43_200

/** The days of a year up to a time, each with its value, in weeks that begin on `firstDay`. */
export const calendarOf = (
  points: ReadonlyArray<ChartPoint>,
  end: number,
  firstDay: number,
  isDaily: boolean,
): ReadonlyArray<CalendarDay> => {
  const values = new Map(points.map(([at, value]) => [dateOf(at + (isDaily ? half : 0)), value]))
  const day = beginningOf(end - 364 * 86_400, "week", firstDay)
  const days: Array<CalendarDay> = []
  for (let index = 0; day.getTime() / 1000 <= end + half && index < 378; index++) {
    const at = day.getTime() / 1000
    const date = dateOf(at)
    days.push({ date, at, week: Math.floor(index / 7), weekday: index % 7, value: values.get(date) ?? null })
    day.setDate(day.getDate() + 1)
  }
  return days
}

/** The level of a day's colour, 1 to 5: by quarters of the goal, or without a goal by fifths of the days. */
export const levelsOf = (days: ReadonlyArray<CalendarDay>, goal: number | null) => {
  const known = days.flatMap(({ value }) => (value === null ? [] : [value])).toSorted((a, b) => a - b)
  const at = (share: number) => known[Math.floor(share * (known.length - 1))] ?? 0
  const limits =
    goal === null ? [0.2, 0.4, 0.6, 0.8].map(at) : [0.25, 0.5, 0.75, 1].map((share) => share * goal)
  return (value: number): number => 1 + limits.filter((limit) => value >= limit).length
}
