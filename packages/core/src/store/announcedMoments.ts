import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Moment } from "../moment/Moment.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Seconds: longer than any moment is young. */
const kept = 2 * 86_400

/**
 * Returns the moments that the consumer has not announced yet, and marks them as announced. A process that is killed
 * before it delivers them loses them: a light that switches twice is worse than one that does not switch.
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
  }).pipe(sql.withTransaction, storeError("mark moments as announced"))
