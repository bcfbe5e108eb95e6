import type { SqlClient, SqlError, Statement } from "@effect/sql"
import type { Effect } from "effect"
import type { Measure } from "../measure/Measure.ts"
import type { PageColumns } from "./upsert.ts"

/**
 * Where the databases differ. Each client brings its own values (SqliteClient.ts, PostgresClient.ts); all other
 * statements are written in the SQL that every one of them understands.
 */
export interface Dialect {
  /** The time that all processes of a store agree on, in epoch milliseconds, for use within a statement. */
  readonly now: Effect.Effect<Statement.Fragment>
  /**
   * Ends a SELECT: nobody else locks or changes its rows until the transaction ends. Empty where only one transaction
   * writes at a time anyway.
   */
  readonly forUpdate: Statement.Fragment
  /** Like `forUpdate`, but any number of transactions may hold the rows so. */
  readonly forShare: Statement.Fragment
  /** Follows a table's name: read along this index, where the planner would not. */
  readonly alongIndex: (index: string) => Statement.Fragment
  /** Ends a CREATE TABLE whose rows are to lie in the order of their primary key. */
  readonly withoutRowid: string
  /**
   * Statements that make the triggers on `measure`, which delete each month of `feature_month` that a changed measure
   * belongs to. A migration runs them: they never change.
   * @param longest seconds, more than any month has
   */
  readonly monthTriggers: (longest: number) => ReadonlyArray<string>
  /** Writes a page of measures: see `upsertOrReject`. Answers those that are new or changed. */
  readonly upsert: (
    columns: PageColumns,
    measures: ReadonlyArray<Measure>,
  ) => Effect.Effect<ReadonlyArray<Measure>, SqlError.SqlError>
  /** Whether the cause of a failed statement is a value that the database does not take. */
  readonly refusesValue: (cause: object) => boolean
  /** For reads that may take long. */
  readonly reader: SqlClient.SqlClient
}

const hasDialect = (sql: object): sql is { readonly dialect: Dialect } => "dialect" in sql

/** @throws for a client that was not made for the store */
export const dialectOf = (sql: SqlClient.SqlClient): Dialect => {
  if (!hasDialect(sql)) throw new Error("This SQL client has no dialect: see store/Dialect.ts")
  return sql.dialect
}
