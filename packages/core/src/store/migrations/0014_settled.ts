import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // When any process last had a use for the state, epoch seconds, to the day: rules that were deleted leave states behind.
  yield* sql.unsafe("ALTER TABLE held_state ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0")
  yield* sql`UPDATE held_state SET settled_at = ${yield* epochSeconds}`
})
