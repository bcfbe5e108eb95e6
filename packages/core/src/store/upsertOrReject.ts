import type { SqlClient, SqlError } from "@effect/sql"
import { Effect } from "effect"
import type { Measure } from "../measure/Measure.ts"
import { dialectOf } from "./Dialect.ts"
import type { PageColumns } from "./upsert.ts"

interface Rejected {
  readonly measure: Measure
  readonly reason: string
}

interface Outcome {
  readonly changed: ReadonlyArray<Measure>
  readonly rejected: ReadonlyArray<Rejected>
}

/**
 * Stores the measures of a page without those that the store rejects, which would otherwise block the whole page. They are
 * found by bisection, with a savepoint for each half.
 */
export const upsertOrReject = (
  sql: SqlClient.SqlClient,
  columns: PageColumns,
  measures: ReadonlyArray<Measure>,
): Effect.Effect<Outcome, SqlError.SqlError> => {
  if (measures.length === 0) return Effect.succeed({ changed: [], rejected: [] })
  const dialect = dialectOf(sql)
  const isAboutAValue = ({ cause }: SqlError.SqlError) =>
    typeof cause === "object" && cause !== null && dialect.refusesValue(cause)
  return sql.withTransaction(dialect.upsert(columns, measures)).pipe(
    Effect.map((changed): Outcome => ({ changed, rejected: [] })),
    Effect.catchIf(isAboutAValue, (error) => {
      const [first] = measures
      if (measures.length === 1 && first !== undefined)
        return Effect.succeed<Outcome>({
          changed: [],
          rejected: [{ measure: first, reason: reasonOf(error) }],
        })
      const half = Math.ceil(measures.length / 2)
      return Effect.zipWith(
        upsertOrReject(sql, columns, measures.slice(0, half)),
        upsertOrReject(sql, columns, measures.slice(half)),
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

const reasonOf = ({ cause, message }: SqlError.SqlError): string =>
  cause instanceof Error ? cause.message : message
