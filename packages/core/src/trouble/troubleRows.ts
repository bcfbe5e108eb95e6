import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { isGone } from "../store/LeaseHolder.ts"
import { storeError } from "../store/StoreError.ts"
import { isTroubleCode, toTrouble, type Trouble } from "./Trouble.ts"

interface TroubleRow {
  readonly code: string
  readonly about_id: string
  readonly holder: string
  readonly about: string | null
  readonly found: string
  readonly remedy: string
  readonly since: number
  readonly seen_at: number
}

/** Shares a trouble of this process with the others. `now`: epoch seconds. */
export const keepTrouble = (
  sql: SqlClient.SqlClient,
  { holder, household }: { readonly holder: string; readonly household: string },
  trouble: Trouble,
  now: number,
) =>
  sql`
    INSERT INTO trouble (household_id, code, about_id, holder, about, found, remedy, since, seen_at)
    VALUES (${household}, ${trouble.code}, ${trouble.aboutId ?? ""}, ${holder}, ${trouble.about}, ${trouble.found},
      ${trouble.remedy}, ${trouble.since}, ${now})
    ON CONFLICT (code, about_id, holder) DO UPDATE SET
      about = excluded.about, found = excluded.found, remedy = excluded.remedy, seen_at = excluded.seen_at`

export const dropTrouble = (sql: SqlClient.SqlClient, holder: string, { aboutId, code }: Trouble) =>
  sql`DELETE FROM trouble WHERE code = ${code} AND about_id = ${aboutId ?? ""} AND holder = ${holder}`

/** The troubles of running processes, renewed since a time (epoch seconds). */
export const sharedTroubles = (sql: SqlClient.SqlClient, household: string, renewedSince: number) =>
  sql<TroubleRow>`
    SELECT * FROM trouble WHERE household_id = ${household} AND seen_at >= ${renewedSince} ORDER BY since`.pipe(
    Effect.map((rows) => rows.filter(({ holder }) => !isGone(holder)).flatMap(toTroubles)),
    storeError("read what is wrong"),
  )

/** None where only a newer version knows the code. */
const toTroubles = ({ about, about_id, code, found, remedy, since }: TroubleRow): ReadonlyArray<Trouble> => {
  if (!isTroubleCode(code)) return []
  const whom = about_id === "" ? {} : { aboutId: about_id, ...(about === null ? {} : { about }) }
  return [toTrouble({ code, found, remedy, ...whom }, Number(since))]
}
