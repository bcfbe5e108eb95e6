import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { DescriptorId } from "../device/DeviceDescriptor.ts"
import type { Revision } from "../device/Household.ts"
import type { PersonId } from "../measure/Person.ts"
import { isMomentKind, type Moment } from "../moment/Moment.ts"
import { ofHousehold } from "./HouseholdId.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Seconds for which a moment is kept: longer than any home tells it. */
const kept = 2 * 86_400

interface MomentRow {
  readonly id: string
  readonly kind: string
  readonly descriptor_id: DescriptorId
  readonly person_id: PersonId
  readonly at: number
  readonly value: number | null
}

/** Keeps a moment with the revision under which homes hear of it, and forgets old ones. Answers whether it is new. */
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
  sql<MomentRow>`
    SELECT id, kind, descriptor_id, person_id, at, value FROM moment
    WHERE ${ofHousehold(sql, household)} AND revision > ${after} AND revision <= ${upTo} ORDER BY at, id`.pipe(
    Effect.map((rows) =>
      rows.flatMap(({ at, descriptor_id, id, kind, person_id, value }) =>
        // Written by a later release that knows more kinds.
        isMomentKind(kind)
          ? [
              {
                kind,
                id,
                descriptorId: descriptor_id,
                personId: person_id,
                at: Number(at),
                value: value === null ? null : Number(value),
              },
            ]
          : [],
      ),
    ),
    storeError("read what happened"),
  )
