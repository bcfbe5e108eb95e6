import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import type { Revision } from "../device/Household.ts"
import { epochMillis, type Millis } from "../epochSeconds.ts"
import { storeError } from "./StoreError.ts"

/** The revision that a home has shown. */
export interface Consumer {
  readonly name: string
  readonly revision: Revision
  readonly toldAt: Millis
}

interface Needs {
  readonly sql: SqlClient.SqlClient
  readonly household: string
}

export const readConsumers = ({ household, sql }: Needs) =>
  sql<Consumer>`
    SELECT name, revision, told_at AS "toldAt" FROM consumer WHERE household_id = ${household} ORDER BY name`.pipe(
    storeError("read the revisions of the homes"),
  )

/** null: a new consumer. */
export const readReached = ({ household, sql }: Needs, consumer: string) =>
  sql<{ revision: Revision }>`
    SELECT revision FROM consumer WHERE household_id = ${household} AND name = ${consumer}`.pipe(
    Effect.map(([row]) => row?.revision ?? null),
    storeError("read the revision of a home"),
  )

export const writeReached = ({ household, sql }: Needs, consumer: string, revision: Revision) =>
  Effect.flatMap(
    epochMillis,
    (now) => sql`
      INSERT INTO consumer (household_id, name, revision, told_at)
      VALUES (${household}, ${consumer}, ${revision}, ${now})
      ON CONFLICT (household_id, name) DO UPDATE SET revision = excluded.revision, told_at = excluded.told_at`,
  ).pipe(storeError("write the revision of a home"))
