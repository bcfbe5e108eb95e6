import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // What Withings no longer listed in an answer that left out too much to be believed at once. `subject`: the source of
  // a measure's record, or "device". Epoch seconds.
  yield* sql.unsafe(`CREATE TABLE doubt (
    person_id TEXT NOT NULL REFERENCES person(id),
    subject TEXT NOT NULL,
    missing TEXT NOT NULL,
    since BIGINT NOT NULL,
    confirmed_at BIGINT,
    PRIMARY KEY (person_id, subject, missing)
  )`)
  // When the device was found to be unlinked; NULL in older rows, which count as unlinked long ago.
  yield* sql.unsafe("ALTER TABLE device ADD COLUMN unlinked_at BIGINT")
})
