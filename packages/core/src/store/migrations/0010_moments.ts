import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // What happened to a person and comes from no record of Withings. Homes are told by revision; epoch seconds.
  yield* sql.unsafe(`CREATE TABLE moment (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    descriptor_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    revision BIGINT NOT NULL
  )`)
})
