import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // When something is to be done for the person next: epoch seconds, 0 is now. `asked` counts who asked for it, so
  // that whoever finishes does not overwrite a question that came meanwhile.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0")
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN asked BIGINT NOT NULL DEFAULT 0")
  // After failures in a row nothing is tried before `retry_at`, epoch seconds.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN failures BIGINT NOT NULL DEFAULT 0")
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN retry_at BIGINT NOT NULL DEFAULT 0")
  // What was done when: JSON of `Agenda` (sync/Agenda.ts). NULL: nothing yet.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN agenda TEXT")
  yield* sql.unsafe("CREATE INDEX person_due ON person (due_at)")
})
