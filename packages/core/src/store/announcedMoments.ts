import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Moment } from "../moment/Moment.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Seconds for which a home remembers what it was told: longer than any moment is young. */
const kept = 2 * 86_400

/**
 * Answers the moments that the consumer was never told, and marks them as told. They are marked before they are told:
 * a process killed in between loses a moment, since a light that is switched twice is worse than one that is not
 * switched.
 */
export const announceOnce = (
  sql: SqlClient.SqlClient,
  consumer: string,
  now: number,
  moments: ReadonlyArray<Moment>,
): Effect.Effect<ReadonlyArray<Moment>, StoreError> =>
  Effect.gen(function* () {
    if (moments.length === 0) return []
    yield* sql`DELETE FROM announced WHERE at < ${now - kept}`
    const rows = moments.map(({ id, personId }) => ({
      consumer,
      moment_id: id,
      person_id: personId,
      at: now,
    }))
    const fresh = yield* sql<{ moment_id: string }>`
      INSERT INTO announced ${sql.insert(rows)} ON CONFLICT DO NOTHING RETURNING moment_id`
    const ids = new Set(fresh.map(({ moment_id }) => moment_id))
    return moments.filter(({ id }) => ids.has(id))
  }).pipe(sql.withTransaction, storeError("keep which moments a home was told"))
