import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { dialectOf } from "../Dialect.ts"

/**
 * A month of a feature, day by day, for charts of many years. A row is right or it is not there: the database itself
 * deletes it when a measure of its time is added, changed or deleted, whoever does that. None is needed: what has no
 * row is worked out of the measures, and `MonthKeeper` writes rows for long pasts in the background. So nothing is filled
 * here, which could take minutes. A step that changes what belongs to a feature has to empty this table.
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
