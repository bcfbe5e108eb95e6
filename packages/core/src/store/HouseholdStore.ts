import { SqlClient, type SqlError } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { Device } from "../measure/Device.ts"
import type { Person, PersonId } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { HouseholdId, ofHousehold } from "./HouseholdId.ts"
import { keepDevices } from "./keepDevices.ts"
import { type NewStanding, type PersonRow, toPerson, writeContact } from "./personRows.ts"
import { standingLine } from "./standingLine.ts"
import { storeError, type StoreError } from "./StoreError.ts"

/** Persons, their devices, and presence in beds. */
export class HouseholdStore extends Context.Tag("@withings-bridge/core/store/HouseholdStore")<
  HouseholdStore,
  {
    /** In a stable order. */
    readonly persons: Effect.Effect<ReadonlyArray<Person>, StoreError>
    /** null: nobody of this household, or someone who was removed. */
    readonly person: (personId: PersonId) => Effect.Effect<Person | null, StoreError>
    readonly personOf: (withingsUserId: string) => Effect.Effect<Person | null, StoreError>
    readonly devices: Effect.Effect<ReadonlyArray<Device>, StoreError>
    readonly presences: Effect.Effect<ReadonlyArray<Presence>, StoreError>
    /**
     * Logs one line when the standing changes. "needs-sign-in" is only replaced after an answer of Withings,
     * "never-signed-in" only by a sign-in.
     */
    readonly contacted: (personId: PersonId, contact: NewStanding) => Effect.Effect<void, StoreError>
    /** Stores the devices that Withings lists; others become unlinked once that is certain. */
    readonly keepDevices: (
      personId: PersonId,
      devices: ReadonlyArray<Device>,
    ) => Effect.Effect<void, StoreError>
    /** Stores a presence unless a newer one is known that is not ahead of the clock. Returns whether it did. */
    readonly keepPresence: (presence: Presence) => Effect.Effect<boolean, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<HouseholdStore, never, SqlClient.SqlClient | ChangeFeed> = Layer.suspend(
    () => Layer.effect(HouseholdStore, make),
  )
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const feed = yield* ChangeFeed
  const household = yield* HouseholdId
  const own = ofHousehold(sql, household)
  const members = sql`household_id = ${household} AND removed_at IS NULL`
  return HouseholdStore.of({
    persons: sql<PersonRow>`SELECT * FROM person WHERE ${members} ORDER BY withings_user_id`.pipe(
      Effect.map((rows) => rows.map(toPerson)),
      storeError("read the persons"),
    ),
    person: (personId) =>
      onePerson(sql<PersonRow>`SELECT * FROM person WHERE ${members} AND id = ${personId}`),
    personOf: (withingsUserId) =>
      onePerson(
        sql<PersonRow>`SELECT * FROM person WHERE ${members} AND withings_user_id = ${withingsUserId}`,
      ),
    devices: sql<Omit<Device, "linked"> & { readonly linked: number }>`
      SELECT person_id AS "personId", id, type, model, model_id AS "modelId", battery, timezone,
        first_session AS "firstSession", last_session AS "lastSession", linked, unlinked_at AS "unlinkedAt", place
      FROM device WHERE ${own} ORDER BY person_id, id`.pipe(
      Effect.map((rows) => rows.map((row) => ({ ...row, linked: row.linked === 1 }))),
      storeError("read the devices"),
    ),
    presences: sql<Omit<Presence, "inBed"> & { readonly inBed: number }>`
      SELECT person_id AS "personId", device_id AS "deviceId", in_bed AS "inBed", at, source
      FROM presence WHERE ${own} ORDER BY device_id`.pipe(
      Effect.map((rows) => rows.map((row) => ({ ...row, inBed: row.inBed === 1 }))),
      storeError("read the presence in beds"),
    ),
    contacted: (personId, contact) =>
      feed
        .commit(() => contacted(sql, personId, contact))
        .pipe(
          Effect.flatMap((name) =>
            name === null ? Effect.void : Effect.logInfo(standingLine(name, contact.state, contact.reason)),
          ),
          storeError("write the state of a sign-in"),
        ),
    keepDevices: (personId, devices) =>
      feed.commit(() => keepDevices({ sql, own }, personId, devices)).pipe(storeError("write the devices")),
    keepPresence: (presence) =>
      feed.commit(() => keepPresence(sql, presence)).pipe(storeError("write the presence in a bed")),
  })
})

type Sql = SqlClient.SqlClient

const contacted = (sql: Sql, personId: PersonId, contact: NewStanding) =>
  Effect.gen(function* () {
    const rows = yield* writeContact(sql, personId, contact)
    return { value: rows[0]?.name ?? null, changed: rows.length > 0 }
  })

const keepPresence = (sql: Sql, { at, deviceId, inBed, personId, source }: Presence) =>
  Effect.gen(function* () {
    const now = yield* epochSeconds
    const rows = yield* sql`
      INSERT INTO presence (device_id, person_id, in_bed, at, source)
      VALUES (${deviceId}, ${personId}, ${inBed ? 1 : 0}, ${at}, ${source})
      ON CONFLICT (device_id) DO UPDATE SET
        person_id = excluded.person_id, in_bed = excluded.in_bed, at = excluded.at, source = excluded.source
      WHERE presence.at < excluded.at OR presence.at > ${now}
        OR (presence.at = excluded.at AND presence.in_bed <> excluded.in_bed)
      RETURNING device_id`
    return { value: rows.length > 0, changed: rows.length > 0 }
  })

const onePerson = (rows: Effect.Effect<ReadonlyArray<PersonRow>, SqlError.SqlError>) =>
  rows.pipe(
    Effect.map(([row]) => (row === undefined ? null : toPerson(row))),
    storeError("read a person"),
  )
