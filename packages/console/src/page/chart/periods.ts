import { mean } from "d3-array"
import type { ChartPoint } from "../../ConsoleState.ts"
import type { PlaceOptions } from "../state/place.ts"
import type { Text } from "../text/words.ts"
import type { View } from "./view.ts"

/** What a bar stands for. */
export const periods = {
  day: ["per day", "par jour", "pro Tag"],
  week: ["per week", "par semaine", "pro Woche"],
  month: ["per month", "par mois", "pro Monat"],
} as const satisfies Readonly<Record<string, Text>>
type Period = keyof typeof periods

const day = 86_400

/** As many bars as can be told apart, unless the address asks for others. */
export const periodIn = ({ by }: PlaceOptions, [from, to]: View): Period => {
  if (by === "day" || by === "week" || by === "month") return by
  const days = (to - from) / day
  return days <= 100 ? "day" : days <= 800 ? "week" : "month"
}

/** The local noon of the first day of a period. Noon: a clock that changes at night leaves the date as it is. */
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
 * Days by week or month: the mean of the days that have a value, in the middle of the period. A day's counter is told
 * at the midnight it begins with, which is another date a little further west; half a day later it is not.
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
