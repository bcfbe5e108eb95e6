import { SqlClient, type SqlError } from "@effect/sql"
import { Context, Effect, Layer, Metric } from "effect"
import { Revision } from "../device/Household.ts"
import type { GroupId } from "../measure/Measure.ts"
import { type Measure, type MeasureSource } from "../measure/Measure.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { settleByRange, withClaims, yieldToWithings } from "./claims.ts"
import { goneForSure } from "./doubt.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { refreshLatest } from "./latest.ts"
import { toMeasure, type MeasureRow } from "./measureRow.ts"
import { measuresStored } from "../telemetry/metrics.ts"
import { storeError, type StoreError } from "./StoreError.ts"
import { WeightRanges } from "./Weighings.ts"
import { rejectedLine, upsertOrReject } from "./upsertOrReject.ts"

/** Measures of one person and one source, from one answer of Withings. */
export interface Page {
  readonly personId: PersonId
  readonly source: MeasureSource
  readonly measures: ReadonlyArray<Measure>
  /** A first history causes no measured events. */
  readonly firstHistory: boolean
  /** Groups that were only partly readable: the store keeps the rest of them. */
  readonly partlyRead?: ReadonlySet<string>
  /** Set when everything between two times was read: whatever else the store has there is deleted. */
  readonly whole?: Whole
}

export interface Whole {
  readonly from: number
  readonly to: number
  /** The groups that Withings lists there. */
  readonly groups: ReadonlySet<GroupId>
  /** A webhook announced a change there, so a few missing records are plausible. */
  readonly expected: boolean
}

/** All measures. Of two versions, the one modified last counts. */
export class MeasureStore extends Context.Tag("@withings-bridge/core/store/MeasureStore")<
  MeasureStore,
  {
    /**
     * Stores a page and returns its new or changed measures. `alongside` runs in the same transaction: if it fails,
     * nothing is stored.
     */
    readonly keep: <E = never, R = never>(
      page: Page,
      alongside?: (changed: ReadonlyArray<Measure>) => Effect.Effect<void, E, R>,
    ) => Effect.Effect<ReadonlyArray<Measure>, Exclude<E, SqlError.SqlError> | StoreError, R>
    /** Deletes measures from before a time (epoch seconds) without a trace. */
    readonly forget: (what: {
      readonly personId: PersonId
      readonly source: MeasureSource
      readonly before: number
    }) => Effect.Effect<void, StoreError>
    /** The newest measure of every person, kind, position and device; no ambiguous ones. */
    readonly latest: Effect.Effect<ReadonlyArray<Measure>, StoreError>
    /** Measures of records that are new between two revisions: not edited or completed ones, nor the first history. */
    readonly born: (after: Revision, upTo: Revision) => Effect.Effect<ReadonlyArray<Measure>, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<MeasureStore, never, SqlClient.SqlClient | ChangeFeed> = Layer.effect(
    MeasureStore,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const household = yield* HouseholdId
      const own = ofHousehold(sql, household)
      return MeasureStore.of({
        keep: keepPage({ sql, household, feed: yield* ChangeFeed, ranges: yield* WeightRanges }),
        forget: ({ before, personId, source }) =>
          sql`DELETE FROM measure WHERE person_id = ${personId} AND source = ${source} AND at < ${before}`.pipe(
            Effect.asVoid,
            storeError("delete old measures"),
          ),
        latest: sql<MeasureRow>`SELECT * FROM latest WHERE ${own} AND ambiguous = 0`.pipe(
          Effect.map((rows) => rows.map(toMeasure)),
          storeError("read the latest measures"),
        ),
        born: (after, upTo) =>
          // `born > 0` makes SQLite use the partial index, which it enters at the first bound given: the tighter one.
          sql<MeasureRow>`
            SELECT * FROM measure
            WHERE ${own} AND born > ${after} AND born <= ${upTo} AND born > 0 AND deleted = 0 AND NOT EXISTS (
              SELECT 1 FROM measure AS older
              WHERE older.person_id = measure.person_id AND older.source = measure.source
                AND older.grp = measure.grp AND older.born <= ${after})
            ORDER BY at`.pipe(
            Effect.map((rows) => rows.map(toMeasure)),
            storeError("read the new measures"),
          ),
      })
    }),
  )
}

interface Keeping {
  readonly sql: SqlClient.SqlClient
  readonly household: string
  readonly feed: ChangeFeed["Type"]
  readonly ranges: WeightRanges["Type"]
}

const keepPage =
  ({ feed, household, ranges, sql }: Keeping) =>
  <E = never, R = never>(
    page: Page,
    alongside: (changed: ReadonlyArray<Measure>) => Effect.Effect<void, E, R> = () => Effect.void,
  ) =>
    feed
      .commit((revision) =>
        Effect.gen(function* () {
          const { firstHistory, personId, source } = page
          const born = firstHistory ? Revision(0) : revision
          const kept = yield* sinceDeletion(sql, personId, page.measures)
          const wanted = yield* withClaims({ sql, household }, personId, kept)
          const { changed, rejected } = yield* upsertOrReject(
            sql,
            { personId, source, revision, born },
            wanted,
          )
          if (rejected[0] !== undefined)
            yield* Effect.logWarning(rejectedLine(source, rejected.length, rejected[0]))
          const deleted = [
            ...(firstHistory ? [] : yield* deleteLeftOut(sql, page, changed, revision)),
            ...(page.whole === undefined ? [] : yield* deleteUnlisted(sql, page, page.whole, revision)),
          ]
          yield* refreshLatest(sql, personId, changed, deleted)
          yield* yieldToWithings({ sql, household }, revision, changed)
          const given = source === "getmeas" ? yield* settleByRange({ sql, household }, revision, ranges) : 0
          yield* alongside(changed)
          return { value: changed, changed: changed.length + deleted.length + given > 0 }
        }),
      )
      .pipe(Effect.tap((changed) => Metric.incrementBy(measuresStored, changed.length)))

/** Without those of a time whose history was deleted. */
const sinceDeletion = (sql: SqlClient.SqlClient, personId: PersonId, measures: ReadonlyArray<Measure>) =>
  Effect.map(
    sql<{ history_from: number | null }>`SELECT history_from FROM person WHERE id = ${personId}`,
    ([person]) => {
      const from = person?.history_from ?? null
      return from === null ? measures : measures.filter(({ at }) => at >= from)
    },
  )

/** A record is always sent whole, so a measure that is missing in an edited one was removed. */
const deleteLeftOut = (
  sql: SqlClient.SqlClient,
  { partlyRead, personId, source }: Page,
  changed: ReadonlyArray<Measure>,
  revision: Revision,
) =>
  Effect.gen(function* () {
    const whole = changed.filter(({ group }) => partlyRead?.has(group) !== true)
    const groups = [...new Map(whole.map((measure) => [measure.group, measure.modified]))]
    if (groups.length === 0) return []
    const deleted = yield* Effect.forEach(
      groups,
      ([group, modified]) => sql<MeasureRow>`
        UPDATE measure SET deleted = 1, revision = ${revision}
        WHERE person_id = ${personId} AND source = ${source} AND grp = ${group}
          AND modified < ${modified} AND deleted = 0
        RETURNING *`,
    )
    return deleted.flat().map(toMeasure)
  })

/** By kind, as the index is ordered. */
const deleteUnlisted = (
  sql: SqlClient.SqlClient,
  { personId, source }: Page,
  { expected, from, groups, to }: Whole,
  revision: Revision,
) =>
  Effect.gen(function* () {
    const rows = yield* sql<{ grp: GroupId }>`
      SELECT DISTINCT measure.grp FROM (SELECT DISTINCT kind, position FROM latest WHERE person_id = ${personId}) AS known
      JOIN measure ON measure.person_id = ${personId} AND measure.kind = known.kind
        AND measure.position = known.position AND measure.at BETWEEN ${from} AND ${to}
      WHERE measure.source = ${source} AND measure.deleted = 0`
    const missing = rows.map(({ grp }) => grp).filter((group) => !groups.has(group))
    const gone = yield* goneForSure(sql, { personId, subject: source, listed: groups, missing, expected })
    const deleted = yield* Effect.forEach(
      gone,
      (grp) => sql<MeasureRow>`UPDATE measure SET deleted = 1, revision = ${revision}
        WHERE person_id = ${personId} AND source = ${source} AND grp = ${grp} AND deleted = 0 RETURNING *`,
    )
    return deleted.flat().map(toMeasure)
  })
