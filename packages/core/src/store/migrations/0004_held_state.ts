import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // What homes are told of rules and delayed presences. 1: so; 0: not so; NULL: not known. Epoch seconds.
  yield* sql.unsafe(`CREATE TABLE held_state (
    key TEXT PRIMARY KEY,
    value BIGINT,
    since BIGINT NOT NULL,
    otherwise_since BIGINT
  )`)
})
