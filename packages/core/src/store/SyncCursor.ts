import { SqlClient, type SqlError } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { dueNow } from "./personRows.ts"
import { deleteRequest, readRequests, readWaiting, type SyncRequest, writeRequest } from "./requestRows.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** How far one feed of one person is read. Epoch seconds. */
export interface Cursor {
  readonly feed: AnyFeed
  /** The newest `modified` that was read: the next delta starts there. */
  readonly newestModified: number
  /** The first history is complete from here to now; null before its first window. */
  readonly historyBefore: number | null
  /** Measures that the first history brought. */
  readonly historyDone: number
  readonly historyTotal: number | null
  readonly historyStarted: number
  readonly historyFinished: number | null
}

/** For a first history that begins now (epoch seconds). */
export const newCursor = (feed: AnyFeed, now: number): Cursor => ({
  feed,
  newestModified: 0,
  historyBefore: null,
  historyDone: 0,
  historyTotal: null,
  historyStarted: now,
  historyFinished: null,
})

/** undefined: the feed was never read. */
export const cursorOf = (personId: PersonId, feed: AnyFeed) =>
  Effect.flatMap(SyncCursor, (cursors) =>
    Effect.map(cursors.of(personId), (all) => all.find((cursor) => cursor.feed === feed)),
  )

export class SyncCursor extends Context.Tag("@withings-bridge/core/store/SyncCursor")<
  SyncCursor,
  {
    readonly all: Effect.Effect<ReadonlyArray<Cursor & { readonly personId: PersonId }>, StoreError>
    readonly of: (personId: PersonId) => Effect.Effect<ReadonlyArray<Cursor>, StoreError>
    /**
     * Call it in the transaction that stores the page. `newestModified` never decreases, and never exceeds now, because
     * changes until then would be missed.
     */
    readonly write: (personId: PersonId, cursor: Cursor) => Effect.Effect<void, SqlError.SqlError>
    /** Notes how far a delta has read, without changing the state of the first history. */
    readonly advance: (
      personId: PersonId,
      feed: AnyFeed,
      newestModified: number,
    ) => Effect.Effect<void, StoreError>
    readonly request: (personId: PersonId, request: SyncRequest) => Effect.Effect<void, StoreError>
    /** Those that may be answered now. */
    readonly requests: (personId: PersonId) => Effect.Effect<ReadonlyArray<SyncRequest>, StoreError>
    /** Open requests of everyone. */
    readonly waiting: Effect.Effect<
      ReadonlyArray<{ readonly personId: PersonId; readonly feed: AnyFeed }>,
      StoreError
    >
    /** Deletes the request unless it was renewed in the meantime. */
    readonly answered: (personId: PersonId, request: SyncRequest) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<SyncCursor, never, SqlClient.SqlClient | ChangeFeed> = Layer.effect(
    SyncCursor,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const feed = yield* ChangeFeed
      const own = ofHousehold(sql, yield* HouseholdId)
      const columns =
        sql.literal(`feed, newest_modified AS "newestModified", history_before AS "historyBefore",
        history_done AS "historyDone", history_total AS "historyTotal", history_started AS "historyStarted",
        history_finished AS "historyFinished"`)
      return SyncCursor.of({
        all: sql<Cursor & { readonly personId: PersonId }>`
          SELECT person_id AS "personId", ${columns} FROM sync_cursor WHERE ${own} ORDER BY person_id, feed`.pipe(
          storeError("read the progress of the sync"),
        ),
        of: (personId) =>
          sql<Cursor>`SELECT ${columns} FROM sync_cursor WHERE person_id = ${personId}`.pipe(
            storeError("read the progress of the sync"),
          ),
        write: (personId, cursor) => writeCursor(sql, personId, cursor),
        advance: (personId, name, newestModified) =>
          Effect.flatMap(epochSeconds, (now) => {
            const newest = Math.min(newestModified, now)
            return sql`UPDATE sync_cursor SET newest_modified = ${newest} WHERE person_id = ${personId}
              AND feed = ${name} AND (newest_modified < ${newest} OR newest_modified > ${now})`
          }).pipe(Effect.asVoid, storeError("write the progress of the sync")),
        request: (personId, request) =>
          Effect.zipRight(writeRequest(sql, personId, request), dueNow(sql, personId)).pipe(
            sql.withTransaction,
            storeError("write a request to sync"),
            Effect.zipRight(feed.wake),
          ),
        requests: (personId) => readRequests(sql, personId),
        waiting: readWaiting(sql, own),
        answered: (personId, request) => deleteRequest(sql, personId, request),
      })
    }),
  )
}

const writeCursor = (sql: SqlClient.SqlClient, personId: PersonId, cursor: Cursor) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql`
      INSERT INTO sync_cursor (person_id, feed, newest_modified, history_before, history_done, history_total,
        history_started, history_finished)
      VALUES (${personId}, ${cursor.feed}, ${Math.min(cursor.newestModified, now)}, ${cursor.historyBefore},
        ${cursor.historyDone}, ${cursor.historyTotal}, ${cursor.historyStarted}, ${cursor.historyFinished})
      ON CONFLICT (person_id, feed) DO UPDATE SET
        newest_modified = CASE WHEN excluded.newest_modified > sync_cursor.newest_modified
            OR sync_cursor.newest_modified > ${now}
          THEN excluded.newest_modified ELSE sync_cursor.newest_modified END,
        history_before = excluded.history_before, history_done = excluded.history_done,
        history_total = excluded.history_total, history_finished = excluded.history_finished`,
  ).pipe(Effect.asVoid)
