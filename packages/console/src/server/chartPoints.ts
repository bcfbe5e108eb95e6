import { History, measureKinds, type MeasureKind, type Point } from "@withings-bridge/core"
import { Effect } from "effect"

export interface ChartQuery {
  readonly personId: string
  /** Key of a feature: "weight", "muscle-mass@12". */
  readonly feature: string
  /** Epoch seconds, inclusive. */
  readonly from: number
  readonly to: number
  readonly points: number
}

const kinds: Readonly<Record<string, MeasureKind>> = measureKinds

/** More bars than this cannot be told apart. */
const barsAtMost = 400
const week = 7 * 86_400

/** Counts of a minute or less: only their sum over an hour or a day says something. */
const summed =
  /^(intraday-(steps|calories|distance|elevation|strokes|pool-laps)|night-(snoring|breathing-sounds))$/
const hour = 3600
const hoursUpTo = 3 * 24 * hour

/**
 * What a chart draws: lows and highs of what is measured; of what is counted by the day, weeks once days are too many;
 * of what is counted by the minute, sums of hours or days.
 */
export const chartPoints = (query: ChartQuery) =>
  Effect.gen(function* () {
    const history = yield* History
    if (summed.test(query.feature)) {
      if (query.to - query.from <= hoursUpTo) return sums(yield* history.range(query), hour)
      const days = yield* history.by("day", query)
      return fewer(days.map(({ count, last, mean }) => ({ at: last.at, value: mean * count })))
    }
    if (kinds[query.feature]?.nature !== "counter") return yield* history.reduced(query)
    return fewer(yield* history.range(query))
  })

const fewer = (days: ReadonlyArray<Point>) => (days.length > barsAtMost ? averages(days, week) : days)

/** What comes together in every stretch of so many seconds, in its middle; stretches without any point are left out. */
export const sums = (points: ReadonlyArray<Point>, seconds: number): ReadonlyArray<Point> =>
  [...Map.groupBy(points, ({ at }) => Math.floor(at / seconds))].map(([index, stretch]) => ({
    at: (index + 0.5) * seconds,
    value: stretch.reduce((sum, { value }) => sum + value, 0),
  }))

/** The mean of every stretch of so many seconds that has any point, at the first of them. */
export const averages = (points: ReadonlyArray<Point>, seconds: number): ReadonlyArray<Point> => {
  const stretches = Map.groupBy(points, ({ at }) => Math.floor((at - (points[0]?.at ?? 0)) / seconds))
  return [...stretches.values()].map((stretch) => ({
    at: stretch[0]?.at ?? 0,
    value: stretch.reduce((sum, { value }) => sum + value, 0) / stretch.length,
  }))
}
