import type { SqlClient, Statement } from "@effect/sql"
import { Effect } from "effect"
import { epochSeconds, type Millis, type Seconds } from "../epochSeconds.ts"
import type { PersonId } from "../measure/Person.ts"
import type { AnyFeed } from "../withings/client/Feed.ts"
import { storeError } from "./StoreError.ts"

/** A request to read a feed now. `window`: the time of the changed records, if known. */
export interface SyncRequest<F extends AnyFeed = AnyFeed> {
  readonly feed: F
  readonly window: { readonly from: number; readonly to: number } | null
  /** Moved by newer requests of the same feed. */
  readonly askedAt: Millis
  /** Webhooks may have been missed: read everything new, whatever the window. */
  readonly catchUp?: boolean
}

interface RequestRow {
  readonly feed: AnyFeed
  readonly asked_at: Millis
  readonly from_at: number | null
  readonly to_at: number | null
  /**
   * 0 for an ordinary request. Else it is one of a catch-up, with a place in the queue: epoch seconds before which it is
   * not answered, or 1 once it may be answered at once.
   */
  readonly not_before: number
}

type Sql = SqlClient.SqlClient

/** Call it in the transaction that makes the person due. An existing request is renewed and widened. */
export const writeRequest = (sql: Sql, personId: PersonId, { askedAt, feed, window }: SyncRequest) => sql`
  INSERT INTO sync_request (person_id, feed, asked_at, from_at, to_at)
  VALUES (${personId}, ${feed}, ${askedAt}, ${window?.from ?? null}, ${window?.to ?? null})
  ON CONFLICT (person_id, feed) DO UPDATE SET
    asked_at = CASE WHEN excluded.asked_at > sync_request.asked_at THEN excluded.asked_at
      ELSE sync_request.asked_at + 1 END,
    from_at = CASE WHEN excluded.from_at IS NULL OR sync_request.from_at < excluded.from_at
      THEN sync_request.from_at ELSE excluded.from_at END,
    to_at = CASE WHEN excluded.to_at IS NULL OR sync_request.to_at > excluded.to_at
      THEN sync_request.to_at ELSE excluded.to_at END,
    not_before = CASE WHEN sync_request.not_before > 0 THEN 1 ELSE 0 END`

/** Requests for one feed of many persons. */
interface Wave {
  readonly feed: AnyFeed
  readonly askedAt: Millis
  readonly now: Seconds
  /** Seconds from one person to the next. */
  readonly spacing: number
  readonly wave: number
}

/** `places`: rows of `id`, `place` and `persons`, how many there are. PostgreSQL only. */
export const writeRequestsInPlaces = (
  sql: Sql,
  places: Statement.Fragment,
  { askedAt, feed, now, spacing, wave }: Wave,
) => sql`
  INSERT INTO sync_request (person_id, feed, asked_at, from_at, to_at, not_before)
  SELECT id, ${feed}, ${askedAt}, NULL, NULL, ${now}::bigint + ${spacing}::bigint * (place + ${wave}::bigint * persons)
  FROM (${places}) AS one
  ON CONFLICT (person_id, feed) DO UPDATE SET not_before =
    CASE WHEN sync_request.not_before > ${now} THEN excluded.not_before ELSE 1 END`

export const readRequests = (sql: Sql, personId: PersonId) =>
  Effect.flatMap(
    epochSeconds,
    (now) => sql<RequestRow>`
      SELECT * FROM sync_request WHERE person_id = ${personId} AND not_before <= ${now} ORDER BY asked_at`,
  ).pipe(
    Effect.map((rows) => rows.map(toRequest)),
    storeError("read the requests to sync"),
  )

/** The open requests of a household, by its condition. */
export const readWaiting = (sql: Sql, own: Statement.Fragment) =>
  sql<{ readonly personId: PersonId; readonly feed: AnyFeed }>`
    SELECT person_id AS "personId", feed FROM sync_request WHERE ${own}`.pipe(
    storeError("read the open requests"),
  )

/** Deletes a request unless it was renewed since. */
export const deleteRequest = (sql: Sql, personId: PersonId, { askedAt, feed }: SyncRequest) =>
  sql`DELETE FROM sync_request WHERE person_id = ${personId} AND feed = ${feed} AND asked_at = ${askedAt}`.pipe(
    Effect.asVoid,
    storeError("delete a request to sync"),
  )

const toRequest = (row: RequestRow): SyncRequest => ({
  feed: row.feed,
  askedAt: row.asked_at,
  window: row.from_at === null || row.to_at === null ? null : { from: row.from_at, to: row.to_at },
  ...(row.not_before > 0 ? { catchUp: true } : {}),
})
