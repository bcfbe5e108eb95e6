import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer, Stream } from "effect"
import type { Measure } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { type Aggregate, byDay, inPeriods, type Period } from "./aggregate.ts"
import { type FeatureMonth, keptMonths, lowsAndHighs, withGaps } from "./featureMonths.ts"
import { featurePast, type Stretch } from "./featurePast.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { toMeasure, type MeasureRow } from "./measureRow.ts"
import { reducePoints, type Point } from "./reducePoints.ts"
import { letOthersRun } from "./sqliteDatabase.ts"
import { dialectOf } from "./Dialect.ts"
import { storeError, StoreError } from "./StoreError.ts"

/**
 * The past, for charts and exports. Ambiguous measures are in exports only. A feature has one value at a time: of two
 * records, the one modified last counts.
 */
export class History extends Context.Tag("@withings-bridge/core/store/History")<
  History,
  {
    /** The newest measure of every kind, position and device of a person. */
    readonly latest: (personId: PersonId) => Effect.Effect<ReadonlyArray<Measure>, StoreError>
    /** Every value, oldest first. */
    readonly range: (stretch: Stretch) => Effect.Effect<ReadonlyArray<Point>, StoreError>
    /** The newest `take` values, newest first. */
    readonly newest: (
      stretch: Stretch & { readonly take: number },
    ) => Effect.Effect<ReadonlyArray<Point>, StoreError>
    readonly count: (stretch: Stretch) => Effect.Effect<number, StoreError>
    /** At most `points` values that look the same in a chart: lows and highs are preserved. */
    readonly reduced: (
      stretch: Stretch & { readonly points: number },
    ) => Effect.Effect<ReadonlyArray<Point>, StoreError>
    /** By local days, weeks or months, oldest first; those without a value are left out. */
    readonly by: (period: Period, stretch: Stretch) => Effect.Effect<ReadonlyArray<Aggregate>, StoreError>
    /** All measures of a person, or of everyone, record by record. */
    readonly all: (personId: PersonId | null) => Stream.Stream<Measure, StoreError>
    /** Numbers of measures by person and source. */
    readonly counts: Effect.Effect<ReadonlyArray<Count>, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<History, never, SqlClient.SqlClient> = Layer.effect(
    History,
    Effect.map(Effect.all([SqlClient.SqlClient, HouseholdId]), ([sql, household]) => {
      const reader = dialectOf(sql).reader
      const past = featurePast(reader)
      return History.of({
        range: past.range,
        newest: past.newest,
        count: past.count,
        latest: (personId) =>
          sql<MeasureRow>`SELECT * FROM latest WHERE person_id = ${personId} AND ambiguous = 0`.pipe(
            Effect.map((rows) => rows.map(toMeasure)),
            storeError("read the latest measures"),
          ),
        reduced: (stretch) => reduced({ sql, reader, past }, stretch),
        by: (period, stretch) => by({ sql, reader, past }, period, stretch),
        all: (personId) => allMeasures(reader, household, personId),
        counts: counts(reader, household),
      })
    }),
  )
}

interface Reading {
  readonly sql: SqlClient.SqlClient
  readonly reader: SqlClient.SqlClient
  readonly past: ReturnType<typeof featurePast>
}

const day = 86_400

/** Long histories have stored months: only the gaps between those are computed from the values. */
const reduced = ({ past, reader, sql }: Reading, stretch: Stretch & { readonly points: number }) =>
  Effect.gen(function* () {
    const slices = Math.max(1, Math.floor(stretch.points / 2))
    const hasYears = stretch.to - stretch.from >= slices * day
    const months = hasYears
      ? yield* keptMonths(reader, stretch, yield* timezoneOf(sql, stretch.personId))
      : []
    const parts = withGaps(spanOf(months) >= slices * day ? months : [], stretch)
    const points = yield* Effect.forEach(parts, (part) =>
      "days" in part
        ? Effect.succeed(lowsAndHighs(part))
        : Effect.flatMap(past.extremes(part, slices), (extremes) =>
            extremes === null ? past.range(part) : Effect.succeed(extremes),
          ),
    )
    return reducePoints(points.flat(), stretch.points)
  })

const spanOf = (months: ReadonlyArray<FeatureMonth>): number =>
  (months.at(-1)?.ends ?? 0) - (months[0]?.begins ?? 0)

const by = ({ past, reader, sql }: Reading, period: Period, stretch: Stretch) =>
  Effect.gen(function* () {
    const timezone = yield* timezoneOf(sql, stretch.personId)
    const parts = withGaps(yield* keptMonths(reader, stretch, timezone), stretch)
    const days = yield* Effect.forEach(parts, (part) =>
      "days" in part
        ? Effect.succeed(part.days)
        : Effect.flatMap(past.range(part), (points) => withTurnsForOthers(byDay(points, timezone))),
    )
    return inPeriods(days.flat(), period)
  })

/** Milliseconds. */
const turn = 5

/** Collects all items, yielding to the event loop now and then. */
const withTurnsForOthers = <A>(all: Iterable<A>) =>
  Effect.gen(function* () {
    const done: Array<A> = []
    let since = performance.now()
    for (const one of all) {
      done.push(one)
      if (performance.now() - since < turn) continue
      yield* letOthersRun
      since = performance.now()
    }
    return done
  })

const timezoneOf = (sql: SqlClient.SqlClient, personId: PersonId) =>
  sql<{ timezone: string | null }>`SELECT timezone FROM person WHERE id = ${personId}`.pipe(
    Effect.map((rows) => rows[0]?.timezone ?? "UTC"),
    storeError("read a timezone"),
  )

const allMeasures = (sql: SqlClient.SqlClient, household: string, personId: PersonId | null) => {
  const own = ofHousehold(sql, household)
  const whose = personId === null ? sql`deleted = 0 AND ${own}` : sql`deleted = 0 AND person_id = ${personId}`
  // In the order of the primary key, so that nothing has to be sorted.
  const rows = sql<MeasureRow>`SELECT * FROM measure WHERE ${whose} ORDER BY person_id, source, grp`
  return rows.stream.pipe(
    Stream.map(toMeasure),
    Stream.mapError((cause) => new StoreError({ operation: "read all measures", cause })),
  )
}

const counts = (sql: SqlClient.SqlClient, household: string) =>
  sql<Count>`SELECT person_id AS "personId", source, COUNT(DISTINCT grp) AS records, COUNT(*) AS measures
    FROM measure WHERE deleted = 0 AND ${ofHousehold(sql, household)} GROUP BY person_id, source ORDER BY person_id, source`.pipe(
    storeError("count the measures"),
  )

export interface Count {
  readonly personId: PersonId
  readonly source: Measure["source"]
  /** Withings' records: weighings, nights, days. */
  readonly records: number
  readonly measures: number
}
