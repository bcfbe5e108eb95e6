import type { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Data, Effect } from "effect"
import type { Application } from "../HubConfig.ts"
import { newSecret } from "./secrets.ts"

export interface HubHousehold {
  readonly id: string
  readonly name: string
  readonly application: string
  readonly createdAt: number
  readonly persons: number
}

export class NoHousehold extends Data.TaggedError("NoHousehold")<{ readonly message: string }> {}

type Sql = SqlClient.SqlClient

const noHousehold = new NoHousehold({ message: "There is no such household." })

interface Row {
  readonly id: string
  readonly name: string
  readonly client_id: string
  readonly created_at: number
  readonly persons: number
}

const toHousehold = (row: Row): HubHousehold => ({
  id: row.id,
  name: row.name,
  application: row.client_id,
  createdAt: Number(row.created_at),
  persons: Number(row.persons),
})

const columns = `hub_household.household_id AS id, name, client_id, created_at,
  (SELECT COUNT(*) FROM person WHERE person.household_id = hub_household.household_id AND removed_at IS NULL) AS persons`

export const allHouseholds = (sql: Sql) =>
  sql<Row>`SELECT ${sql.literal(columns)} FROM hub_household ORDER BY created_at, household_id`.pipe(
    Effect.map((found) => found.map(toHousehold)),
    Effect.orDie,
  )

export const householdOf = (sql: Sql, id: string) =>
  sql<Row>`SELECT ${sql.literal(columns)} FROM hub_household WHERE household_id = ${id}`.pipe(
    Effect.orDie,
    Effect.flatMap(([row]) => (row === undefined ? noHousehold : Effect.succeed(toHousehold(row)))),
  )

/** The application that has the fewest persons. A household whose persons are still to come counts as one of them. */
const emptiest = (sql: Sql, applications: ReadonlyArray<Application>) =>
  Effect.gen(function* () {
    const counts = yield* sql<{ client_id: string; n: number }>`
      SELECT client_id, SUM(GREATEST(1, (SELECT COUNT(*) FROM person
        WHERE person.household_id = hub_household.household_id AND removed_at IS NULL))) AS n
      FROM hub_household GROUP BY client_id`
    const personsOf = ({ clientId }: Application) =>
      Number(counts.find(({ client_id }) => client_id === clientId)?.n ?? 0)
    const [application] = applications.toSorted((a, b) => personsOf(a) - personsOf(b))
    return application ?? (yield* Effect.dieMessage("The hub has no application."))
  })

export const createHousehold = (sql: Sql, applications: ReadonlyArray<Application>, name: string) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    // Households that are created at once must count each other.
    yield* sql`LOCK TABLE hub_household IN SHARE ROW EXCLUSIVE MODE`
    const { clientId } = yield* emptiest(sql, applications)
    const id = newSecret()
    yield* sql`INSERT INTO household (id, revision, created_at) VALUES (${id}, 0, ${now})`
    yield* sql`INSERT INTO hub_household (household_id, client_id, name, created_at)
      VALUES (${id}, ${clientId}, ${name}, ${now})`
    return { id, name, application: clientId, createdAt: now, persons: 0 }
  }).pipe(sql.withTransaction, Effect.orDie)

/** Rows of a household in tables that name it. Those of its persons go with each person. */
const ownTables = [
  "consumer",
  "left_out",
  "held_state",
  "claim",
  "trouble",
  "sign_in",
  "hub_invitation",
  "hub_access",
  "hub_household",
] as const

export const eraseHousehold = (sql: Sql, id: string) =>
  Effect.gen(function* () {
    for (const table of ownTables) yield* sql`DELETE FROM ${sql(table)} WHERE household_id = ${id}`
    yield* sql`UPDATE hub_key SET household_id = NULL, name = '' WHERE household_id = ${id}`
    yield* sql`DELETE FROM household WHERE id = ${id}`
  }).pipe(sql.withTransaction, Effect.orDie)
