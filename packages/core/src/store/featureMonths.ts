import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { LocalMonth } from "./localMonths.ts"
import type { Aggregate } from "./aggregate.ts"
import type { Stretch } from "./featurePast.ts"
import type { Point } from "./reducePoints.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** A stored month of a feature, day by day. */
export interface FeatureMonth extends LocalMonth {
  readonly days: ReadonlyArray<Aggregate>
}

type DayText = readonly [
  date: string,
  count: number,
  min: number,
  max: number,
  mean: number,
  lastAt: number,
  lastValue: number,
]

/** Compact JSON, because ten years may be read at once. */
export const textOfDays = (days: ReadonlyArray<Aggregate>): string =>
  JSON.stringify(
    days.map(({ count, date, last, max, mean, min }): DayText => [
      date,
      count,
      min,
      max,
      mean,
      last.at,
      last.value,
    ]),
  )

const daysOfText = (text: string): ReadonlyArray<Aggregate> => {
  const days: ReadonlyArray<DayText> = JSON.parse(text)
  return days.map(([date, count, min, max, mean, at, value]) => ({
    date,
    count,
    min,
    max,
    mean,
    last: { at, value },
  }))
}

/** The stored months within a stretch, oldest first. Pasts of single devices have none. */
export const keptMonths = (
  sql: SqlClient.SqlClient,
  { deviceId, feature, from, personId, to }: Stretch,
  timezone: string,
): Effect.Effect<ReadonlyArray<FeatureMonth>, StoreError> =>
  deviceId !== undefined
    ? Effect.succeed([])
    : sql<{ begins: number; ends: number; days: string }>`
        SELECT begins, ends, days FROM feature_month
        WHERE person_id = ${personId} AND begins >= ${from} AND ends <= ${to} AND feature = ${feature}
          AND timezone = ${timezone} ORDER BY begins`.pipe(
        Effect.map((rows) => rows.map(({ days, ...month }) => ({ ...month, days: daysOfText(days) }))),
        storeError("read the months of a feature"),
      )

/** The stored months of a stretch and the gaps between them, in order. */
export const withGaps = (
  months: ReadonlyArray<FeatureMonth>,
  stretch: Stretch,
): ReadonlyArray<FeatureMonth | Stretch> => {
  const parts: Array<FeatureMonth | Stretch> = []
  let { from } = stretch
  for (const month of months) {
    if (month.begins > from) parts.push({ ...stretch, from, to: month.begins - 1 })
    parts.push(month)
    from = month.ends
  }
  if (from <= stretch.to) parts.push({ ...stretch, from })
  return parts
}

const hour = 3600

/** The low and the high of each day. The time within a day is less than a pixel of a chart of years. */
export const lowsAndHighs = ({ begins, days }: FeatureMonth): ReadonlyArray<Point> =>
  days.flatMap(({ date, max, min }) => {
    const dayBegins = begins + (Number(date.slice(8)) - 1) * 24 * hour
    const low = { at: dayBegins + 6 * hour, value: min }
    return min === max ? [low] : [low, { at: dayBegins + 18 * hour, value: max }]
  })
