import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { wholeBody } from "../measure/Position.ts"
import type { PersonPast } from "../rule/ruleStates.ts"
import { ofHousehold } from "./HouseholdId.ts"
import { noPosition } from "./measureRow.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/**
 * All unambiguous values of some kinds since a moment (epoch seconds), without parts of the body. By person, as the index
 * is ordered: otherwise half a million measures were read (0.7 s) at each change.
 */
export const recentPast = (
  { household, sql }: { readonly sql: SqlClient.SqlClient; readonly household: string },
  kinds: ReadonlyArray<string>,
  since: number,
): Effect.Effect<ReadonlyArray<PersonPast>, StoreError> =>
  kinds.length === 0
    ? Effect.succeed([])
    : sql<PersonPast>`
        SELECT person_id AS "personId", kind, at, value FROM measure
        WHERE ${ofHousehold(sql, household)} AND kind IN ${sql.in(kinds)} AND at >= ${since} AND position IN ${sql.in([noPosition, wholeBody])}
          AND deleted = 0 AND attribution <> 'ambiguous'`.pipe(
        // Kept for long: rows of SQLite are dictionaries, several times as large as objects of one shape.
        Effect.map((rows) => rows.map(({ at, kind, personId, value }) => ({ personId, kind, at, value }))),
        storeError("read recent measures"),
      )
