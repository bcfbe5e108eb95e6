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

/** What a chart draws: lows and highs of what is measured; of what is counted by the day, weeks once days are too many. */
export const chartPoints = (query: ChartQuery) =>
  Effect.gen(function* () {
    const history = yield* History
    if (kinds[query.feature]?.nature !== "counter") return yield* history.reduced(query)
    const days = yield* history.range(query)
    return days.length > barsAtMost ? averages(days, week) : days
  })

/** The mean of every stretch of so many seconds that has any point, at the first of them. */
export const averages = (points: ReadonlyArray<Point>, seconds: number): ReadonlyArray<Point> => {
  const stretches = Map.groupBy(points, ({ at }) => Math.floor((at - (points[0]?.at ?? 0)) / seconds))
  return [...stretches.values()].map((stretch) => ({
    at: stretch[0]?.at ?? 0,
    value: stretch.reduce((sum, { value }) => sum + value, 0) / stretch.length,
  }))
}
