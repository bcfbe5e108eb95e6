import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // What someone chose to show in no home. No reference to a person: an id of a descriptor is a hash. Epoch seconds.
  yield* sql.unsafe(`CREATE TABLE left_out (
    descriptor_id TEXT PRIMARY KEY,
    since BIGINT NOT NULL
  )`)
})
