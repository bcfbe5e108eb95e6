import type { SqlClient, Statement } from "@effect/sql"
import { Context } from "effect"

/** The only household of a store at home. */
export const homeHousehold = "home"

/** The household of the store that a core serves. A hub provides a different one to each core; they do not see each other. */
export class HouseholdId extends Context.Reference<HouseholdId>()("@withings-bridge/core/store/HouseholdId", {
  defaultValue: () => homeHousehold,
}) {}

/** Condition for rows with a `person_id` of this household. */
export const ofHousehold = (sql: SqlClient.SqlClient, household: string): Statement.Fragment =>
  sql`person_id IN (SELECT id FROM person WHERE household_id = ${household})`
