import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Effect } from "effect"

/**
 * The time that all processes of a store agree on, in epoch milliseconds, for use within a statement: the server's
 * where there is one, since the clocks of several machines differ; the machine's for a file, which one machine uses.
 */
export const storeTime = (sql: SqlClient.SqlClient): Effect.Effect<Statement.Fragment> =>
  sql.onDialectOrElse({
    pg: () => Effect.succeed(sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`),
    orElse: () => Effect.map(Clock.currentTimeMillis, (now) => sql`${now}`),
  })
