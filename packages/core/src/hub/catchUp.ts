import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { epochMillis, toSeconds } from "../epochSeconds.ts"
import { dueInPlaces } from "../store/personRows.ts"
import { writeRequestsInPlaces } from "../store/requestRows.ts"
import { storeError } from "../store/StoreError.ts"
import type { Feed } from "../withings/client/Feed.ts"

/** What homes show first is read first, of everyone, before the next feed of anyone. */
const waves: ReadonlyArray<Feed> = ["getmeas", "night", "day", "workout"]

/** Seconds from one person to the next: 60 a minute of the 80 that an application may send, the rest is for webhooks. */
const spacing = 1

/**
 * Asks for all that is new of everyone, after a time in which nobody heard webhooks. The persons of an application have
 * their places one after the other; whoever is told of by a webhook meanwhile is read at once. Answers after how many
 * seconds the last one has their turn.
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
