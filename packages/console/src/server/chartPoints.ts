import { History, measureKinds, type MeasureKind, type Point, type PersonId } from "@withings-bridge/core"
import { Effect } from "effect"
import { summedKinds } from "../ConsoleState.ts"

export interface ChartQuery {
  readonly personId: PersonId
  /** Key of a feature: "weight", "muscle-mass@12". */
  readonly feature: string
  /** Epoch seconds, inclusive. */
  readonly from: number
  readonly to: number
  readonly points: number
  /** One value per local day of the person: the mean, or the total of a counter. */
  readonly by?: "day" | undefined
}

const kinds: Readonly<Record<string, MeasureKind>> = measureKinds

const hour = 3600
const hoursUpTo = 3 * 24 * hour

/** The points of a chart. Dense series are reduced, keeping the extremes; counts of minutes become sums of hours or days. */
export const chartPoints = (query: ChartQuery) =>
  Effect.gen(function* () {
    const history = yield* History
    const isCounter = kinds[query.feature]?.nature === "counter"
    if (summedKinds.has(query.feature)) {
      if (query.to - query.from <= hoursUpTo) return sums(yield* history.range(query), hour)
      const days = yield* history.by("day", query)
      return days.map(({ count, last, mean }) => ({ at: last.at, value: mean * count }))
    }
    if (isCounter) return yield* history.range(query)
    if (query.by === undefined) return yield* history.reduced(query)
    const days = yield* history.by("day", query)
    return days.map(({ last, mean }) => ({ at: last.at, value: mean }))
  })

/** The sum of each stretch of so many seconds, dated in its middle; empty stretches are left out. */
export const sums = (points: ReadonlyArray<Point>, seconds: number): ReadonlyArray<Point> =>
  [...Map.groupBy(points, ({ at }) => Math.floor(at / seconds))].map(([index, stretch]) => ({
    at: (index + 0.5) * seconds,
    value: stretch.reduce((sum, { value }) => sum + value, 0),
  }))
