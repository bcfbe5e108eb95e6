import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { dialectOf } from "../Dialect.ts"

const tables = [
  // One row a person. `id` is opaque and stable, `standing` is what the last contact with Withings taught.
  `CREATE TABLE person (
    id TEXT PRIMARY KEY,
    withings_user_id TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    state_since BIGINT NOT NULL,
    state_reason TEXT,
    last_success BIGINT,
    next_try BIGINT,
    timezone TEXT
  )`,
  // The pair in use and the one before it, each sealed. `fencing` refuses a writer whose lease was taken over.
  `CREATE TABLE token (
    person_id TEXT PRIMARY KEY REFERENCES person(id),
    sealed TEXT NOT NULL,
    previous_sealed TEXT,
    expires_at BIGINT NOT NULL,
    rotated_at BIGINT NOT NULL,
    fencing BIGINT NOT NULL
  )`,
  `CREATE TABLE sign_in (
    state TEXT PRIMARY KEY,
    person_name TEXT,
    expires_at BIGINT NOT NULL
  )`,
  `CREATE TABLE device (
    person_id TEXT NOT NULL REFERENCES person(id),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    model TEXT NOT NULL,
    model_id BIGINT,
    battery TEXT,
    timezone TEXT,
    first_session BIGINT,
    last_session BIGINT,
    linked BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
  )`,
  // `position` -1 stands for none, so that the key has no NULL in it. A deleted measure stays as a mark.
  // `revision` is that of its last change; `born` that at which it came as something new, 0 in the first history.
  `CREATE TABLE measure (
    person_id TEXT NOT NULL REFERENCES person(id),
    source TEXT NOT NULL,
    grp TEXT NOT NULL,
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    device_id TEXT,
    attribution TEXT NOT NULL,
    modified BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    born BIGINT NOT NULL,
    PRIMARY KEY (person_id, source, grp, kind, position)
  ) WITHOUT ROWID`,
  // With all that a chart asks for, so that ten years are read along the index alone.
  `CREATE INDEX measure_at ON measure (person_id, kind, position, at, value, deleted, attribution)`,
  `CREATE INDEX measure_born ON measure (born) WHERE born > 0`,
  // The newest measure of every kind, so that where everything stands is one small read in a store of millions.
  // It also lists the kinds there are, by which a range is read along measure_at.
  `CREATE TABLE latest (
    person_id TEXT NOT NULL REFERENCES person(id),
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    source TEXT NOT NULL,
    grp TEXT NOT NULL,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    attribution TEXT NOT NULL,
    modified BIGINT NOT NULL,
    ambiguous BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind, position, device_id, ambiguous)
  )`,
  `CREATE TABLE presence (
    device_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person(id),
    in_bed BIGINT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL
  )`,
  // One row: the revision of the last commit that changed anything a home may show.
  `CREATE TABLE revision (one BIGINT PRIMARY KEY, revision BIGINT NOT NULL)`,
  `INSERT INTO revision (one, revision) VALUES (1, 0)`,
  // How far each app has told its home, and when (epoch milliseconds).
  `CREATE TABLE consumer (name TEXT PRIMARY KEY, revision BIGINT NOT NULL, told_at BIGINT NOT NULL)`,
  // How far each feed of each person is read; for the first history also how far back, and how much of it.
  `CREATE TABLE sync_cursor (
    person_id TEXT NOT NULL REFERENCES person(id),
    feed TEXT NOT NULL,
    newest_modified BIGINT NOT NULL,
    history_before BIGINT,
    history_done BIGINT NOT NULL,
    history_total BIGINT,
    history_started BIGINT,
    history_finished BIGINT,
    PRIMARY KEY (person_id, feed)
  )`,
  // A webhook or a user asks for a pull; whoever leads the person's sync takes it. A webhook also tells when what
  // changed was taken, which is how a deletion is found.
  `CREATE TABLE sync_request (
    person_id TEXT NOT NULL REFERENCES person(id),
    feed TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    from_at BIGINT,
    to_at BIGINT,
    PRIMARY KEY (person_id, feed)
  )`,
  `CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    fencing BIGINT NOT NULL
  )`,
  // How far ahead each client id has booked its requests, over all processes (Withings allows 120 a minute). Milliseconds.
  `CREATE TABLE request_budget (
    client_id TEXT PRIMARY KEY,
    booked_until BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    paused_until BIGINT NOT NULL
  )`,
]

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { withoutRowid } = dialectOf(sql)
  for (const table of tables) yield* sql.unsafe(table.replace(" WITHOUT ROWID", withoutRowid))
})
