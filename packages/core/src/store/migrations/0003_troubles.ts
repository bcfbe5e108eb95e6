import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // What each running process finds wrong, so that every other one can show it. `about_id` is '' for the household.
  // `seen_at` is renewed while the trouble lasts: rows of a process that died elsewhere grow old. Epoch seconds.
  yield* sql.unsafe(`CREATE TABLE trouble (
    code TEXT NOT NULL,
    about_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    about TEXT,
    found TEXT NOT NULL,
    remedy TEXT NOT NULL,
    since BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (code, about_id, holder)
  )`)
  // A person who was removed and whose history is kept. Epoch seconds.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN removed_at BIGINT")
  // Nothing measured before is kept: the person's history was deleted then. Epoch seconds.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN history_from BIGINT")
  // 1: the measures before that time are still being deleted; a process that starts goes on with it.
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN erasing BIGINT NOT NULL DEFAULT 0")
})
