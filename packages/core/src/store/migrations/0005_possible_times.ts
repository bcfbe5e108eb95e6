import { SqlClient } from "@effect/sql"
import { Clock, Effect } from "effect"

/**
 * Deletes rows with impossible times or values, which were stored before answers were validated: one measure of the year
 * 3 billion made every read of the latest measures fail. Withings still has the real ones.
 */
export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const until = (yield* newestTime) + 2 * day
  const impossible = (column: string) => sql`NOT (${sql(column)} BETWEEN ${earliest} AND ${until})`
  const fractional = (column: string) => sql`${sql(column)} <> CAST(${sql(column)} AS BIGINT)`

  yield* sql`DELETE FROM measure WHERE ${impossible("at")} OR NOT (value BETWEEN -1e9 AND 1e9)`
  yield* sql`UPDATE measure SET at = CAST(at AS BIGINT),
      modified = CASE WHEN ${impossible("modified")} THEN CAST(at AS BIGINT) ELSE CAST(modified AS BIGINT) END
    WHERE ${impossible("modified")} OR ${fractional("at")} OR ${fractional("modified")}`
  yield* repairLatest(
    sql.or([
      impossible("at"),
      impossible("modified"),
      fractional("at"),
      fractional("modified"),
      sql`NOT (value BETWEEN -1e9 AND 1e9)`,
    ]),
  )
  // Start over, because changes since the last correct cursor were missed.
  yield* sql`UPDATE sync_cursor SET newest_modified = 0
    WHERE newest_modified > ${until} OR ${fractional("newest_modified")}`
  yield* sql`DELETE FROM presence WHERE ${impossible("at")} OR ${fractional("at")}`
  for (const column of ["first_session", "last_session"]) {
    yield* sql`UPDATE device SET ${sql(column)} = NULL WHERE ${impossible(column)} OR ${fractional(column)}`
  }
  yield* sql`DELETE FROM sync_request WHERE ${impossible("from_at")} OR ${impossible("to_at")}`
})

const day = 86_400
const earliest = Date.UTC(1990, 0, 1) / 1000

/** A machine without a clock battery may start in 1970: then use the newest stored time. */
const newestTime = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const persons = yield* sql<{ at: number | null }>`SELECT MAX(last_success) AS at FROM person`
  const consumers = yield* sql<{ at: number | null }>`SELECT MAX(told_at) AS at FROM consumer`
  return Math.max(now, Number(persons[0]?.at ?? 0), Math.floor(Number(consumers[0]?.at ?? 0) / 1000))
})

interface Slot {
  readonly person_id: string
  readonly kind: string
  readonly position: number
  readonly device_id: string
  readonly ambiguous: number
}

/** Finds the latest measure again where it was repaired or deleted. */
const repairLatest = (wrong: ReturnType<SqlClient.SqlClient["or"]>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const slots = yield* sql<Slot>`
      DELETE FROM latest WHERE ${wrong} RETURNING person_id, kind, position, device_id, ambiguous`
    yield* Effect.forEach(
      slots,
      (slot) => sql`
        INSERT INTO latest (person_id, kind, position, device_id, ambiguous, source, grp, at, value, attribution,
          modified)
        SELECT person_id, kind, position, COALESCE(device_id, ''), CAST(${slot.ambiguous} AS BIGINT), source, grp, at,
          value, attribution, modified
        FROM measure
        WHERE person_id = ${slot.person_id} AND kind = ${slot.kind} AND position = ${slot.position} AND deleted = 0
          AND COALESCE(device_id, '') = ${slot.device_id}
          AND CASE WHEN attribution = 'ambiguous' THEN 1 ELSE 0 END = ${slot.ambiguous}
        ORDER BY at DESC, modified DESC, grp DESC LIMIT 1`,
      { discard: true },
    )
  })
