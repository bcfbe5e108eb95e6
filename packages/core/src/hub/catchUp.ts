import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { epochMillis, toSeconds } from "../epochSeconds.ts"
import { dueInPlaces } from "../store/personRows.ts"
import { writeRequestsInPlaces } from "../store/requestRows.ts"
import { storeError } from "../store/StoreError.ts"
import type { Feed } from "../withings/client/Feed.ts"

/** In this order: one feed of everyone before the next feed of anyone. */
const waves: ReadonlyArray<Feed> = ["getmeas", "night", "day", "workout"]

/** Seconds between two persons: 60 of the 80 requests a minute of an application; the rest is for webhooks. */
const spacing = 1

/**
 * Requests all that is new of everyone, after a time without webhooks. The persons of an application are spaced out; one
 * about whom a webhook arrives meanwhile is read at once. Returns the seconds until the last one's turn.
 */
export const catchUpAll = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const askedAt = yield* epochMillis
  const now = toSeconds(askedAt)
  const places = sql`
    SELECT id, client_id, ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY last_success DESC, id) - 1 AS place,
      COUNT(*) OVER (PARTITION BY client_id) AS persons
    FROM person WHERE removed_at IS NULL AND state NOT IN ('needs-sign-in', 'never-signed-in')`
  for (const [wave, feed] of waves.entries())
    yield* writeRequestsInPlaces(sql, places, { feed, askedAt, now, spacing, wave })
  yield* dueInPlaces(sql, places, { now, spacing })
  const [longest] = yield* sql<{ persons: number }>`
    SELECT COALESCE(MAX(persons), 0) AS persons FROM (${places}) AS one`
  return Number(longest?.persons ?? 0) * waves.length * spacing
}).pipe(storeError("ask for what nobody heard"))
