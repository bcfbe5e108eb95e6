import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // 0: someone asked. Else a catch-up: nobody was listening for a while, so that all that is new is read, but not before
  // this time (epoch seconds), since everyone is read one after the other.
  yield* sql.unsafe("ALTER TABLE sync_request ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0")
})
