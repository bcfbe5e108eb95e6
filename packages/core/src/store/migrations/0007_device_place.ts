import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // In which turn the store came to know a device: of two with one name, the first one keeps it without a number.
  yield* sql.unsafe("ALTER TABLE device ADD COLUMN place BIGINT NOT NULL DEFAULT 0")
  // Known devices keep the names that they have: until now the first session decided, none came last.
  const firstDay = (table: string) => `COALESCE(${table}.first_session, 9000000000000)`
  yield* sql.unsafe(`UPDATE device SET place = 1 +
    (SELECT COUNT(*) FROM device AS other WHERE ${firstDay("other")} < ${firstDay("device")})`)
})
