import { SqlClient } from "@effect/sql"
import { Clock, Effect } from "effect"

/** Adds households, each with a revision. Existing rows belong to "home". */
export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  yield* sql.unsafe(`CREATE TABLE household (
    id TEXT PRIMARY KEY,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL
  )`)
  yield* sql`INSERT INTO household (id, revision, created_at) SELECT 'home', revision, ${now} FROM revision`
  yield* sql.unsafe("DROP TABLE revision")
  yield* sql.unsafe("ALTER TABLE person ADD COLUMN household_id TEXT NOT NULL DEFAULT 'home'")
  yield* sql.unsafe("CREATE INDEX person_of_household ON person (household_id)")
  yield* sql.unsafe("ALTER TABLE sign_in ADD COLUMN household_id TEXT NOT NULL DEFAULT 'home'")
  yield* sql.unsafe("ALTER TABLE trouble ADD COLUMN household_id TEXT NOT NULL DEFAULT 'home'")
  yield* sql.unsafe("CREATE INDEX trouble_of_household ON trouble (household_id)")
  for (const table of keyed) yield* keyByHousehold(table)
  yield* sql.unsafe("CREATE INDEX presence_of_person ON presence (person_id)")
  yield* sql.unsafe("CREATE INDEX moment_of_person ON moment (person_id, revision)")
  // By person first: revisions of households have nothing to do with each other.
  yield* sql.unsafe("DROP INDEX measure_born")
  yield* sql.unsafe("CREATE INDEX measure_born ON measure (person_id, born) WHERE born > 0")
  yield* sql.unsafe("DROP INDEX measure_unsure")
  yield* sql.unsafe(
    "CREATE INDEX measure_unsure ON measure (person_id, at) WHERE attribution IN ('ambiguous', 'claimed')",
  )
})

/** Small tables whose key is a name within the household. */
const keyed = [
  {
    name: "consumer",
    columns: "name TEXT NOT NULL, revision BIGINT NOT NULL, told_at BIGINT NOT NULL",
    key: "name",
  },
  { name: "left_out", columns: "descriptor_id TEXT NOT NULL, since BIGINT NOT NULL", key: "descriptor_id" },
  {
    name: "held_state",
    columns: "key TEXT NOT NULL, value BIGINT, since BIGINT NOT NULL, otherwise_since BIGINT",
    key: "key",
  },
  {
    name: "claim",
    columns:
      "device_id TEXT NOT NULL, at BIGINT NOT NULL, person_id TEXT, chosen_by TEXT NOT NULL, chosen_at BIGINT NOT NULL",
    key: "at, device_id",
  },
] as const

/** SQLite cannot change a primary key. */
const keyByHousehold = ({ columns, key, name }: (typeof keyed)[number]) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const names = columns.split(", ").map((column) => column.split(" ")[0])
    yield* sql.unsafe(`CREATE TABLE ${name}_of_household (
      ${columns}, household_id TEXT NOT NULL DEFAULT 'home', PRIMARY KEY (household_id, ${key})
    )`)
    yield* sql.unsafe(
      `INSERT INTO ${name}_of_household (household_id, ${names}) SELECT 'home', ${names} FROM ${name}`,
    )
    yield* sql.unsafe(`DROP TABLE ${name}`)
    yield* sql.unsafe(`ALTER TABLE ${name}_of_household RENAME TO ${name}`)
  })
