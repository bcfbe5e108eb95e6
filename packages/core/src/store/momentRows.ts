import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Revision } from "../device/Household.ts"
import { isMomentKind, type Moment } from "../moment/Moment.ts"
import { ofHousehold } from "./HouseholdId.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Seconds: longer than any moment is young. */
const kept = 2 * 86_400

/** Stores a moment with its revision, and deletes old ones. Returns whether it is new. */
export const keepMoment = (sql: SqlClient.SqlClient, revision: Revision, moment: Moment) =>
  Effect.gen(function* () {
    const { at, descriptorId, id, kind, personId, value } = moment
    yield* sql`DELETE FROM moment WHERE person_id = ${personId} AND at < ${at - kept}`
    const rows = yield* sql`
      INSERT INTO moment (id, kind, descriptor_id, person_id, at, value, revision)
      VALUES (${id}, ${kind}, ${descriptorId}, ${personId}, ${at}, ${value}, ${revision})
      ON CONFLICT (id) DO NOTHING RETURNING id`
    return rows.length > 0
  })

/** What happened after one revision and up to another, oldest first. */
export const momentsBetween = (
  { household, sql }: { readonly sql: SqlClient.SqlClient; readonly household: string },
  after: Revision,
  upTo: number,
): Effect.Effect<ReadonlyArray<Moment>, StoreError> =>
  sql<Omit<Moment, "kind"> & { readonly kind: string }>`
    SELECT id, kind, descriptor_id AS "descriptorId", person_id AS "personId", at, value FROM moment
    WHERE ${ofHousehold(sql, household)} AND revision > ${after} AND revision <= ${upTo} ORDER BY at, id`.pipe(
    Effect.map((rows) =>
      // Others were written by a later release.
      rows.flatMap(({ kind, ...row }) => (isMomentKind(kind) ? [{ ...row, kind }] : [])),
    ),
    storeError("read what happened"),
  )
