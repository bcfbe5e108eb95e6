import type { SqlClient } from "@effect/sql"
import { Chunk, Effect, Stream } from "effect"
import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { derivedPast, derivedReach } from "../measure/derivedPast.ts"
import { kindOf } from "../measure/measureKinds.ts"
import { wholeBody } from "../measure/Position.ts"
import { noPosition } from "./measureRow.ts"
import type { Point } from "./reducePoints.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** The past of one feature of one person: from ≤ at ≤ to, epoch seconds. */
export interface Stretch {
  readonly personId: PersonId
  /** Key of a feature: "weight", "muscle-mass@12". */
  readonly feature: string
  readonly from: number
  readonly to: number
  /** Only what this device measured. */
  readonly deviceId?: DeviceId
}

interface PointRow {
  readonly at: number
  readonly value: number
  readonly least: number
}

interface SliceRow {
  readonly begins: number
  /** "60 142": the lowest and the highest value; null when the slice is empty. */
  readonly extremes: string | null
}

/** More values than this are reduced by the database, because reading them all would be slow. */
export const many = 20_000

/** The exact time within a slice is less than a pixel of a chart. */
const pointsOfSlice = (begins: number, ends: number, extremes: string): ReadonlyArray<Point> => {
  const [low = 0, high = low] = extremes.split(" ").map(Number)
  const lowest = { at: begins, value: low }
  return begins === ends || low === high ? [lowest] : [lowest, { at: ends, value: high }]
}

type Points = Effect.Effect<ReadonlyArray<Point>, StoreError>

/** Reads the past of a feature, whether Withings sends it or the bridge computes it. */
export const featurePast = (sql: SqlClient.SqlClient) => {
  const sent = sentPast(sql)
  const derived = (stretch: Stretch): Points | null => {
    const workOut = derivedPast(stretch.feature)
    if (workOut === null) return null
    const { personId, to } = stretch
    const weights = sent.range({ ...stretch, feature: "weight" })
    const allWeights = sent.range({ personId, feature: "weight", from: stretch.from - derivedReach, to })
    const heights = sent.range({ personId, feature: "height", from: 0, to })
    return Effect.map(Effect.all({ weights, allWeights, heights }), workOut)
  }
  const range = (stretch: Stretch): Points => derived(stretch) ?? sent.range(stretch)
  return {
    range,
    /** The lowest and the highest value of every slice of a long past. null: the past is short, or computed. */
    extremes: (stretch: Stretch, slices: number): Effect.Effect<ReadonlyArray<Point> | null, StoreError> =>
      derivedPast(stretch.feature) === null ? sent.extremes(stretch, slices) : Effect.succeed(null),
    /** When a past with more than `few` values begins. null: it has fewer, or is computed. */
    beginningOfLong: (stretch: Stretch, few: number): Effect.Effect<number | null, StoreError> =>
      derivedPast(stretch.feature) === null ? sent.beginningOfLong(stretch, few) : Effect.succeed(null),
    newest: (stretch: Stretch & { readonly take: number }): Points => {
      const points = derived(stretch)
      return points === null
        ? sent.newest(stretch)
        : Effect.map(points, (all) => all.toReversed().slice(0, stretch.take))
    },
    count: (stretch: Stretch): Effect.Effect<number, StoreError> => {
      const points = derived(stretch)
      return points === null ? sent.count(stretch) : Effect.map(points, ({ length }) => length)
    },
  }
}

const sentPast = (sql: SqlClient.SqlClient) => {
  const where = conditionsOf(sql)
  const inOrder = (stretch: Stretch, order: ReturnType<typeof sql.literal>, take: number | null) =>
    sql<PointRow>`SELECT at, MAX(value) AS value, MIN(value) AS least FROM measure WHERE ${where(stretch)}
      GROUP BY at ORDER BY at ${order}${take === null ? sql`` : sql` LIMIT ${take}`}`.stream.pipe(
      collected,
      Effect.flatMap((seen) => settled(sql, where(stretch), seen)),
      storeError("read the past of a feature"),
    )
  const outermost = (stretch: Stretch, order: "ASC" | "DESC") =>
    sql<{ at: number }>`SELECT at FROM measure WHERE ${where(stretch)}
      ORDER BY at ${sql.literal(order)} LIMIT 1`.pipe(Effect.map(([row]) => row?.at ?? null))
  // Counts up to `few` only: counting half a million takes as long as reading them.
  const beginningOfLong = (stretch: Stretch, few: number) =>
    sql<{ found: number }>`SELECT COUNT(*) AS found FROM (
      SELECT 1 FROM measure WHERE ${where(stretch)} LIMIT ${few + 1}) AS beginning`.pipe(
      Effect.flatMap(([row]) => ((row?.found ?? 0) > few ? outermost(stretch, "ASC") : Effect.succeed(null))),
    )
  return {
    beginningOfLong: (stretch: Stretch, few: number) =>
      beginningOfLong(stretch, few).pipe(storeError("read the start of a history")),
    extremes: (stretch: Stretch, slices: number) =>
      Effect.gen(function* () {
        const first = yield* beginningOfLong(stretch, many)
        const last = first === null ? null : yield* outermost(stretch, "DESC")
        if (first === null || last === null) return null
        const width = Math.max(1, Math.ceil((last - first + 1) / slices))
        const [start, step] = [sql.literal(String(first)), sql.literal(String(width))]
        // A subquery for each slice, along the index. GROUP BY would sort all values, which takes three times as long.
        const rows = yield* sql<SliceRow>`
          WITH RECURSIVE slice(begins) AS (
            SELECT CAST(${start} AS BIGINT)
            UNION ALL SELECT begins + ${step} FROM slice WHERE begins + ${step} <= ${sql.literal(String(last))}
          )
          SELECT begins, (
            SELECT CAST(MIN(value) AS TEXT) || ' ' || CAST(MAX(value) AS TEXT) FROM measure
            WHERE ${where(stretch, sql`at BETWEEN begins AND begins + ${step} - 1`)}
          ) AS extremes FROM slice ORDER BY begins`
        return rows.flatMap(({ begins, extremes }) =>
          extremes === null ? [] : pointsOfSlice(begins, Math.min(last, begins + width - 1), extremes),
        )
      }).pipe(storeError("read the extremes of a feature")),
    range: (stretch: Stretch) => inOrder(stretch, sql.literal("ASC"), null),
    newest: (stretch: Stretch & { readonly take: number }) =>
      inOrder(stretch, sql.literal("DESC"), stretch.take),
    count: (stretch: Stretch) =>
      sql<{ times: number }>`SELECT COUNT(DISTINCT at) AS times FROM measure WHERE ${where(stretch)}`.pipe(
        Effect.map((rows) => rows[0]?.times ?? 0),
        storeError("count the past of a feature"),
      ),
  }
}

const conditionsOf = (sql: SqlClient.SqlClient) => {
  /** A feature without a place is of the whole body, or its kind has no places. */
  const somewhere = (personId: PersonId, kind: string) =>
    kindOf(kind).positional === true
      ? sql`position IN ${sql.in([noPosition, wholeBody])}`
      : sql`position IN (SELECT position FROM latest WHERE person_id = ${personId} AND kind = ${kind})`
  return ({ deviceId, feature, from, personId, to }: Stretch, when = sql`at BETWEEN ${from} AND ${to}`) => {
    const [kind = feature, position] = feature.split("@")
    return sql.and([
      sql`person_id = ${personId}`,
      sql`kind = ${kind}`,
      position === undefined ? somewhere(personId, kind) : sql`position = ${Number(position)}`,
      when,
      sql`deleted = 0 AND attribution <> 'ambiguous'`,
      ...(deviceId === undefined ? [] : [sql`device_id = ${deviceId}`]),
    ])
  }
}

interface Seen {
  readonly points: Array<Point>
  /** Times with differing records, and their index in `points`. */
  readonly differing: Map<number, number>
}

/** Converts rows as they arrive: garbage collection of millions of them would block the event loop. */
const collected = <E, R>(rows: Stream.Stream<PointRow, E, R>): Effect.Effect<Seen, E, R> =>
  Effect.suspend(() => {
    const seen: Seen = { points: [], differing: new Map() }
    const add = (row: PointRow) => {
      if (row.least !== row.value) seen.differing.set(row.at, seen.points.length)
      seen.points.push({ at: row.at, value: row.value })
    }
    return Effect.as(
      Stream.runForEachChunk(rows, (chunk) => Effect.sync(() => Chunk.forEach(chunk, add))),
      seen,
    )
  })

/** Within the number of parameters of a statement. */
const timesAtOnce = 500

/**
 * Two records of one moment rarely differ: an ECG result is in getmeas and in the list of recordings, a mass comes with
 * and without a place. Only then is the one modified last looked up, which the index does not have.
 */
const settled = (
  sql: SqlClient.SqlClient,
  where: ReturnType<ReturnType<typeof conditionsOf>>,
  { differing, points }: Seen,
) =>
  Effect.gen(function* () {
    const all = [...differing.keys()]
    for (let from = 0; from < all.length; from += timesAtOnce) {
      const times = all.slice(from, from + timesAtOnce)
      const versions = yield* sql<Point>`SELECT at, value FROM measure
        WHERE ${where} AND at IN ${sql.in(times)} ORDER BY modified, grp`
      for (const { at, value } of versions) {
        const place = differing.get(at)
        if (place !== undefined) points[place] = { at, value }
      }
    }
    return points
  })
