import { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Data, Effect } from "effect"
import { type Application, Hub } from "../HubConfig.ts"
import { newSecret } from "./secrets.ts"

/** A household of the hub, as the API answers it. */
interface HubHousehold {
  readonly id: string
  readonly name: string
  readonly application: string
  /** Epoch seconds. */
  readonly createdAt: number
  readonly persons: number
}

export class NoHousehold extends Data.TaggedError("NoHousehold")<{ readonly message: string }> {}

const columns = `hub_household.household_id AS id, name, client_id AS application, created_at AS "createdAt",
  (SELECT COUNT(*) FROM person WHERE person.household_id = hub_household.household_id AND removed_at IS NULL) AS persons`

/** PostgreSQL answers BIGINT as text. */
const withNumbers = (row: HubHousehold): HubHousehold => ({
  ...row,
  createdAt: Number(row.createdAt),
  persons: Number(row.persons),
})

export const allHouseholds = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql<HubHousehold>`
    SELECT ${sql.literal(columns)} FROM hub_household ORDER BY created_at, household_id`
  return found.map(withNumbers)
}).pipe(Effect.orDie)

export const householdOf = Effect.fn("hub.householdOf")(function* (id: string) {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* Effect.orDie(
    sql<HubHousehold>`SELECT ${sql.literal(columns)} FROM hub_household WHERE household_id = ${id}`,
  )
  return row === undefined
    ? yield* new NoHousehold({ message: "There is no such household." })
    : withNumbers(row)
})

/** The application whose webhooks and quota a household uses. */
export const applicationOf = Effect.fn("hub.applicationOf")(function* (id: string) {
  const { application } = yield* householdOf(id)
  const found = (yield* Hub).applications.find(({ clientId }) => clientId === application)
  if (found !== undefined) return found
  return yield* new NoHousehold({ message: `The application ${application} is not configured any more.` })
})

/** The application that has the fewest persons. A household whose persons are still to come counts as one of them. */
const emptiest = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { applications } = yield* Hub
  const counts = yield* sql<{ client_id: string; n: number }>`
    SELECT client_id, SUM(GREATEST(1, (SELECT COUNT(*) FROM person
      WHERE person.household_id = hub_household.household_id AND removed_at IS NULL))) AS n
    FROM hub_household GROUP BY client_id`
  const personsOf = ({ clientId }: Application) =>
    Number(counts.find(({ client_id }) => client_id === clientId)?.n ?? 0)
  const [application] = applications.toSorted((a, b) => personsOf(a) - personsOf(b))
  return application ?? (yield* Effect.dieMessage("The hub has no application."))
})

const inTransaction = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => Effect.orDie(sql.withTransaction(effect)))

/** A new household, with the application that has the fewest persons. */
export const createHousehold = Effect.fn("hub.createHousehold")(function* (name: string) {
  const sql = yield* SqlClient.SqlClient
  const now = yield* epochSeconds
  // Households that are created at once must count each other.
  yield* sql`LOCK TABLE hub_household IN SHARE ROW EXCLUSIVE MODE`
  const { clientId } = yield* emptiest
  const id = newSecret()
  yield* sql`INSERT INTO household (id, revision, created_at) VALUES (${id}, 0, ${now})`
  yield* sql`INSERT INTO hub_household (household_id, client_id, name, created_at)
    VALUES (${id}, ${clientId}, ${name}, ${now})`
  return { id, name, application: clientId, createdAt: now, persons: 0 }
}, inTransaction)

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

/** The last step of a deletion: everything that names the household itself. */
export const eraseHousehold = Effect.fn("hub.eraseHousehold")(function* (id: string) {
  const sql = yield* SqlClient.SqlClient
  for (const table of ownTables) yield* sql`DELETE FROM ${sql(table)} WHERE household_id = ${id}`
  yield* sql`UPDATE hub_key SET household_id = NULL, name = '' WHERE household_id = ${id}`
  yield* sql`DELETE FROM household WHERE id = ${id}`
}, inTransaction)
