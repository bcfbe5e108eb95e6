import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // Which moments a home was told, so that a restart does not tell them again; `at` epoch seconds. Ids of moments are
  // unique among households.
  yield* sql.unsafe(`CREATE TABLE announced (
    consumer TEXT NOT NULL,
    moment_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    PRIMARY KEY (consumer, moment_id)
  )`)
  yield* sql.unsafe("CREATE INDEX announced_of_person ON announced (person_id)")
  yield* sql.unsafe("CREATE INDEX announced_at ON announced (at)")
})
