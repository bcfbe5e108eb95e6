import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { dialectOf } from "../Dialect.ts"

/**
 * Months of a feature, day by day, for charts of many years. Triggers delete a row when a measure of its time changes, so
 * an existing row is always correct. Missing months are computed from the measures; `MonthKeeper` fills them in the
 * background, which could take minutes. A step that changes what belongs to a feature has to empty this table.
 */
export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // `begins` and `ends` (epoch seconds) are midnights in `timezone`, the person's when it was written.
  yield* sql.unsafe(`CREATE TABLE feature_month (
    person_id TEXT NOT NULL REFERENCES person(id),
    begins BIGINT NOT NULL,
    feature TEXT NOT NULL,
    kind TEXT NOT NULL,
    ends BIGINT NOT NULL,
    timezone TEXT NOT NULL,
    days TEXT NOT NULL,
    PRIMARY KEY (person_id, begins, feature)
  )`)
  for (const statement of dialectOf(sql).monthTriggers(monthAtMost)) yield* sql.unsafe(statement)
})

/** More than a month has, seconds: by it, the rows of a moment are found along the key. */
const monthAtMost = 32 * 86_400
