import { Migrator, SqlClient } from "@effect/sql"
import { Effect, Schedule } from "effect"

const first = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // A household of the hub; it has a row in `household`, too. Times are epoch seconds.
  yield* sql`CREATE TABLE hub_household (
    household_id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
  )`
  // Only hashes of keys and invitations are kept. The hashes of a deleted household's keys stay without a name, so that
  // its homes learn that it is gone.
  yield* sql`CREATE TABLE hub_key (
    hash TEXT PRIMARY KEY,
    household_id TEXT,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
  )`
  yield* sql`CREATE INDEX hub_key_of_household ON hub_key (household_id)`
  yield* sql`CREATE TABLE hub_invitation (
    hash TEXT PRIMARY KEY,
    household_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    has_key BIGINT NOT NULL
  )`
  yield* sql`CREATE INDEX hub_invitation_of_household ON hub_invitation (household_id)`
  // Who asked for what of a household, never what was answered.
  yield* sql`CREATE TABLE hub_access (
    household_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL
  )`
  yield* sql`CREATE INDEX hub_access_of_household ON hub_access (household_id, at)`
  yield* partitionMeasures
})

const heartbeat = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // One row: when any runner last said that it listens, epoch seconds by the database's clock.
  yield* sql`CREATE TABLE hub_heartbeat (id INTEGER PRIMARY KEY, beat_at BIGINT NOT NULL)`
})

/**
 * Partitions the table of measures by person while it is empty (docs/decisions/0022), so that deleting a household and
 * vacuuming touch a small part.
 */
const partitionMeasures = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const [any] = yield* sql`SELECT 1 FROM measure LIMIT 1`
  if (any !== undefined) return
  yield* sql`ALTER TABLE measure RENAME TO measure_whole`
  yield* sql`CREATE TABLE measure (LIKE measure_whole INCLUDING DEFAULTS, PRIMARY KEY (person_id, source, grp, kind, position))
    PARTITION BY HASH (person_id)`
  for (let part = 0; part < partitions; part++)
    yield* sql.unsafe(
      `CREATE TABLE measure_${part} PARTITION OF measure FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${part})`,
    )
  const indexes = yield* sql<{ indexdef: string }>`
    SELECT indexdef FROM pg_indexes WHERE tablename = 'measure_whole' AND indexname NOT LIKE '%pkey'`
  const triggers = yield* sql<{ definition: string }>`
    SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
    WHERE tgrelid = 'measure_whole'::regclass AND NOT tgisinternal`
  yield* sql`DROP TABLE measure_whole`
  for (const { indexdef } of indexes) yield* sql.unsafe(indexdef.replaceAll("measure_whole", "measure"))
  for (const { definition } of triggers) yield* sql.unsafe(definition.replaceAll("measure_whole", "measure"))
  yield* sql`ALTER TABLE measure ADD FOREIGN KEY (person_id) REFERENCES person (id)`
})

const partitions = 32

/** CREATE TABLE IF NOT EXISTS of PostgreSQL fails when two processes do it at once. */
export const metAnother = Schedule.intersect(
  Schedule.jittered(Schedule.spaced("1 second")),
  Schedule.recurs(10),
)

/** The hub's own tables. Runners that start together on an empty database try again when they collide. */
export const migrateHub = Migrator.make({})({
  loader: Migrator.fromRecord({ "0001_first": first, "0002_heartbeat": heartbeat }),
  table: "hub_migrations",
}).pipe(Effect.retry(metAnother))
