import type { SqlClient, Statement } from "@effect/sql"
import { Context } from "effect"

/** The household of a store at home, made with the store. */
export const homeHousehold = "home"

/**
 * Which household of the store a core serves. A store at home has one; whoever keeps several in one store provides
 * another id to each core, and a core sees nothing of the others.
 */
export class HouseholdId extends Context.Reference<HouseholdId>()("@withings-bridge/core/store/HouseholdId", {
  defaultValue: () => homeHousehold,
}) {}

/** For rows that belong to a person: those of this household. */
export const ofHousehold = (sql: SqlClient.SqlClient, household: string): Statement.Fragment =>
  sql`person_id IN (SELECT id FROM person WHERE household_id = ${household})`
