import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

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
  yield* sql.onDialectOrElse({ pg: () => triggersOfPostgres(sql), orElse: () => triggersOfSqlite(sql) })
})

/** More than a month has, seconds: by it, the rows of a moment are found along the key. */
const monthAtMost = 32 * 86_400

const monthOf = (measure: string) => `
  person_id = ${measure}.person_id AND kind = ${measure}.kind
    AND begins BETWEEN ${measure}.at - ${monthAtMost} AND ${measure}.at AND ends > ${measure}.at`

const triggersOfSqlite = (sql: SqlClient.SqlClient) =>
  Effect.forEach(
    [
      ["INSERT", ["NEW"]],
      ["UPDATE", ["OLD", "NEW"]],
      ["DELETE", ["OLD"]],
    ] as const,
    ([event, measures]) =>
      sql.unsafe(`CREATE TRIGGER feature_month_${event.toLowerCase()} AFTER ${event} ON measure BEGIN
        ${measures.map((measure) => `DELETE FROM feature_month WHERE ${monthOf(measure)};`).join("\n")}
      END`),
  )

/**
 * Once a statement. The lock on the person lets other writers in, but waits for whoever is just writing a month of what
 * this statement changes, and makes them wait until its transaction ends.
 */
const triggersOfPostgres = (sql: SqlClient.SqlClient) =>
  Effect.gen(function* () {
    yield* sql.unsafe(`CREATE FUNCTION forget_feature_months() RETURNS trigger AS $$
      BEGIN
        -- Most statements look for something to change and find nothing.
        IF NOT EXISTS (SELECT 1 FROM changed) THEN RETURN NULL; END IF;
        PERFORM 1 FROM person WHERE id IN (SELECT person_id FROM changed) FOR KEY SHARE;
        DELETE FROM feature_month USING (SELECT DISTINCT person_id, kind, at FROM changed) AS gone
        WHERE feature_month.person_id = gone.person_id AND feature_month.kind = gone.kind
          AND begins BETWEEN gone.at - ${monthAtMost} AND gone.at AND ends > gone.at;
        RETURN NULL;
      END $$ LANGUAGE plpgsql`)
    const each = [
      ["insert", "INSERT", "NEW"],
      ["update_old", "UPDATE", "OLD"],
      ["update_new", "UPDATE", "NEW"],
      ["delete", "DELETE", "OLD"],
    ] as const
    for (const [name, event, rows] of each)
      yield* sql.unsafe(`CREATE TRIGGER feature_month_${name} AFTER ${event} ON measure
        REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_feature_months()`)
  })
