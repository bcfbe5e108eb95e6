import { mean } from "d3-array"
import type { ChartPoint } from "../../ConsoleState.ts"
import type { PlaceOptions } from "../state/place.ts"
import type { Text } from "../text/words.ts"
import type { View } from "./view.ts"

/** The period of a bar. */
export const periods = {
  day: ["per day", "par jour", "pro Tag"],
  week: ["per week", "par semaine", "pro Woche"],
  month: ["per month", "par mois", "pro Monat"],
} as const satisfies Readonly<Record<string, Text>>
type Period = keyof typeof periods

const day = 86_400

/** The period in the address, else one that makes a readable number of bars. */
export const periodIn = ({ by }: PlaceOptions, [from, to]: View): Period => {
  if (by === "day" || by === "week" || by === "month") return by
  const days = (to - from) / day
  return days <= 100 ? "day" : days <= 800 ? "week" : "month"
}

/** The local noon of the first day of a period: noon, because clocks change at night. */
export const beginningOf = (at: number, period: Period, firstDay: number): Date => {
  const date = new Date(at * 1000)
  date.setHours(12, 0, 0, 0)
  if (period === "month") date.setDate(1)
  if (period === "week") date.setDate(date.getDate() - ((date.getDay() - firstDay + 7) % 7))
  return date
}

const nextOf = (beginning: Date, period: Period): Date => {
  const next = new Date(beginning)
  if (period === "month") next.setMonth(next.getMonth() + 1)
  else next.setDate(next.getDate() + (period === "week" ? 7 : 1))
  return next
}

/**
 * The mean of the days with a value, for each period, dated in its middle. Counters are dated at midnight, which is on
 * the day before a little further west, so half a day is added.
 */
export const byPeriod = (
  days: ReadonlyArray<ChartPoint>,
  period: Period,
  firstDay: number,
): ReadonlyArray<ChartPoint> => {
  const groups = Map.groupBy(days, ([at]) => beginningOf(at + day / 2, period, firstDay).getTime())
  return [...groups].map(([start, values]) => {
    const beginning = new Date(start)
    const middle = (start + nextOf(beginning, period).getTime()) / 2
    return [(period === "day" ? start : middle) / 1000, mean(values, ([, value]) => value) ?? 0] as const
  })
}
