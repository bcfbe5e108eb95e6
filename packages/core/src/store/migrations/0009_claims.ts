import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // Whose a weighing is that Withings could not attribute; person_id is NULL when it is nobody's of the household.
  // A weighing is known by its device ('' when there is none) and its time in epoch seconds. `chosen_by`: "someone",
  // "range" or "withings".
  yield* sql.unsafe(`CREATE TABLE claim (
    device_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT,
    chosen_by TEXT NOT NULL,
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (at, device_id)
  )`)
  // Few among millions: see `unsure` in store/claims.ts, which has the same words.
  yield* sql.unsafe(
    "CREATE INDEX measure_unsure ON measure (at) WHERE attribution IN ('ambiguous', 'claimed')",
  )
})
