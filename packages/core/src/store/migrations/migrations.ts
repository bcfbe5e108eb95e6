import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import first from "./0001_first.ts"
import possibleTimes from "./0005_possible_times.ts"
import households from "./0011_households.ts"
import settled from "./0014_settled.ts"
import featureMonths from "./0015_feature_months.ts"

const run = (...statements: ReadonlyArray<string>) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }),
  )

/** Every step from an empty store to the present one; a step that was released never changes. Times are epoch seconds. */
export const migrations = {
  "0001_first": first,
  "0002_left_out": run(
    // What someone chose to show in no home. No reference to a person: an id of a descriptor is a hash. Epoch seconds.
    `CREATE TABLE left_out (
    descriptor_id TEXT PRIMARY KEY,
    since BIGINT NOT NULL
  )`,
  ),
  "0003_troubles": run(
    // What each running process finds wrong, so that every other one can show it. `about_id` is '' for the household.
    // `seen_at` is renewed while the trouble lasts: rows of a process that died elsewhere grow old. Epoch seconds.
    `CREATE TABLE trouble (
    code TEXT NOT NULL,
    about_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    about TEXT,
    found TEXT NOT NULL,
    remedy TEXT NOT NULL,
    since BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (code, about_id, holder)
  )`,
    // A person who was removed and whose history is kept. Epoch seconds.
    "ALTER TABLE person ADD COLUMN removed_at BIGINT",
    // Nothing measured before is kept: the person's history was deleted then. Epoch seconds.
    "ALTER TABLE person ADD COLUMN history_from BIGINT",
    // 1: the measures before that time are still being deleted; a process that starts goes on with it.
    "ALTER TABLE person ADD COLUMN erasing BIGINT NOT NULL DEFAULT 0",
  ),
  "0004_held_state": run(
    // What homes are told of rules and delayed presences. 1: so; 0: not so; NULL: not known. Epoch seconds.
    `CREATE TABLE held_state (
    key TEXT PRIMARY KEY,
    value BIGINT,
    since BIGINT NOT NULL,
    otherwise_since BIGINT
  )`,
  ),
  "0005_possible_times": possibleTimes,
  "0006_doubts": run(
    // What Withings no longer listed in an answer that left out too much to be believed at once. `subject`: the source of
    // a measure's record, or "device". Epoch seconds.
    `CREATE TABLE doubt (
    person_id TEXT NOT NULL REFERENCES person(id),
    subject TEXT NOT NULL,
    missing TEXT NOT NULL,
    since BIGINT NOT NULL,
    confirmed_at BIGINT,
    PRIMARY KEY (person_id, subject, missing)
  )`,
    // When the device was found to be unlinked; NULL in older rows, which count as unlinked long ago.
    "ALTER TABLE device ADD COLUMN unlinked_at BIGINT",
  ),
  "0007_device_place": run(
    // In which turn the store came to know a device: of two with one name, the first one keeps it without a number.
    "ALTER TABLE device ADD COLUMN place BIGINT NOT NULL DEFAULT 0",
    // Known devices keep the names that they have: until now the first session decided, none came last.
    `UPDATE device SET place = 1 +
    (SELECT COUNT(*) FROM device AS other WHERE COALESCE(other.first_session, 9000000000000)
      < COALESCE(device.first_session, 9000000000000))`,
  ),
  "0008_webhooks": run(
    // The webhooks of a person that stand at Withings for one receiver of the household ("webhooks" or
    // "relayed-webhooks", as its lease is called). `callback` is a hash of the address; `applis` are joined by commas.
    `CREATE TABLE subscription (
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    receiver TEXT NOT NULL,
    callback TEXT NOT NULL,
    applis TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, receiver)
  )`,
    // When a webhook last told of a feed, or of "bed". NULL: a poll found what no webhook had told of. Epoch seconds.
    `CREATE TABLE delivery (
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    heard_at BIGINT,
    PRIMARY KEY (person_id, about)
  )`,
  ),
  "0009_claims": run(
    // Whose a weighing is that Withings could not attribute; person_id is NULL when it is nobody's of the household.
    // A weighing is known by its device ('' when there is none) and its time in epoch seconds. `chosen_by`: "someone",
    // "range" or "withings".
    `CREATE TABLE claim (
    device_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT,
    chosen_by TEXT NOT NULL,
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (at, device_id)
  )`,
    // Few among millions: see `unsure` in store/claims.ts, which has the same words.
    "CREATE INDEX measure_unsure ON measure (at) WHERE attribution IN ('ambiguous', 'claimed')",
  ),
  "0010_moments": run(
    // What happened to a person and comes from no record of Withings. Homes are told by revision; epoch seconds.
    `CREATE TABLE moment (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    descriptor_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    value DOUBLE PRECISION,
    revision BIGINT NOT NULL
  )`,
  ),
  "0011_households": households,
  "0012_due_work": run(
    // When something is to be done for the person next: epoch seconds, 0 is now. `asked` counts who asked for it, so
    // that whoever finishes does not overwrite a question that came meanwhile.
    "ALTER TABLE person ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE person ADD COLUMN asked BIGINT NOT NULL DEFAULT 0",
    // After failures in a row nothing is tried before `retry_at`, epoch seconds.
    "ALTER TABLE person ADD COLUMN failures BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE person ADD COLUMN retry_at BIGINT NOT NULL DEFAULT 0",
    // What was done when: JSON of `Agenda` (sync/Agenda.ts). NULL: nothing yet.
    "ALTER TABLE person ADD COLUMN agenda TEXT",
    "CREATE INDEX person_due ON person (due_at)",
  ),
  "0013_announced": run(
    // Which moments a home was told, so that a restart does not tell them again; `at` epoch seconds. Ids of moments are
    // unique among households.
    `CREATE TABLE announced (
    consumer TEXT NOT NULL,
    moment_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    PRIMARY KEY (consumer, moment_id)
  )`,
    "CREATE INDEX announced_of_person ON announced (person_id)",
    "CREATE INDEX announced_at ON announced (at)",
  ),
  "0014_settled": settled,
  "0015_feature_months": featureMonths,
  "0016_catch_up": run(
    // 0: someone asked. Else a catch-up: nobody was listening for a while, so that all that is new is read, but not before
    // this time (epoch seconds), since everyone is read one after the other.
    "ALTER TABLE sync_request ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0",
  ),
}
