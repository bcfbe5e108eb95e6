import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { Measure } from "../measure/Measure.ts"
import { upsert } from "./upsert.ts"

interface Rejected {
  readonly measure: Measure
  readonly reason: string
}

interface Outcome {
  readonly changed: ReadonlyArray<Measure>
  readonly rejected: ReadonlyArray<Rejected>
}

/**
 * Keeps the measures of a page without those that the store does not take: otherwise one of them would keep all
 * others of its page out for good. They are found by halves, each tried in a savepoint of its own.
 */
export const upsertOrReject = (
  sql: SqlClient.SqlClient,
  common: Parameters<typeof upsert>[1],
  measures: ReadonlyArray<Measure>,
): Effect.Effect<Outcome, SqlError.SqlError> => {
  if (measures.length === 0) return Effect.succeed({ changed: [], rejected: [] })
  return sql.withTransaction(upsert(sql, common, measures)).pipe(
    Effect.map((changed): Outcome => ({ changed, rejected: [] })),
    Effect.catchIf(isAboutARow, (error) => {
      const [first] = measures
      if (measures.length === 1 && first !== undefined)
        return Effect.succeed<Outcome>({
          changed: [],
          rejected: [{ measure: first, reason: reasonOf(error) }],
        })
      const half = Math.ceil(measures.length / 2)
      return Effect.zipWith(
        upsertOrReject(sql, common, measures.slice(0, half)),
        upsertOrReject(sql, common, measures.slice(half)),
        (one, other) => ({
          changed: [...one.changed, ...other.changed],
          rejected: [...one.rejected, ...other.rejected],
        }),
      )
    }),
  )
}

export const rejectedLine = (source: string, count: number, { measure, reason }: Rejected): string =>
  `The store does not take ${count} measures (${source}); they are left out. The first is ${measure.kind} of ` +
  `${JSON.stringify(measure.group)}: ${reason}`

/** PostgreSQL's "data exception" class, a missing value and a failed check; not a missing person or a full disk. */
const ofPostgres = /^(22...|23502|23514)$/
/** SQLite: a text too big, a value of the wrong type, one that does not fit, a missing one, a failed check. */
const ofSqlite = new Set([18, 20, 25, 275, 1299])
const ofNode = /^ERR_(INVALID_ARG_TYPE|INVALID_ARG_VALUE|OUT_OF_RANGE)$/

const isAboutARow = ({ cause }: SqlError.SqlError): boolean => {
  if (typeof cause !== "object" || cause === null) return false
  if ("errcode" in cause && typeof cause.errcode === "number") return ofSqlite.has(cause.errcode)
  return "code" in cause && typeof cause.code === "string"
    ? ofPostgres.test(cause.code) || ofNode.test(cause.code)
    : false
}

const reasonOf = ({ cause, message }: SqlError.SqlError): string =>
  cause instanceof Error ? cause.message : message
