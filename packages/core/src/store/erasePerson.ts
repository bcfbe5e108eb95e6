import { SqlClient } from "@effect/sql"
import { Duration, Effect } from "effect"
import { deviceDescriptorId, personDescriptorId } from "../device/attribution.ts"
import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { storeError } from "./StoreError.ts"

/** Deleted with every removal, because a new sign-in restores it. */
export const tablesOfPresent = [
  "token",
  "device",
  "presence",
  "sync_request",
  "doubt",
  "subscription",
  "delivery",
  "moment",
  "announced",
] as const

/** Some milliseconds, during which other writers wait. */
const rowsAtOnce = 2000
const breath = Duration.millis(5)

/** Deletes a person's rows of these tables, within a transaction of the caller. */
export const deleteRows = (tables: ReadonlyArray<string>, personId: PersonId) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.forEach(tables, (table) => sql`DELETE FROM ${sql(table)} WHERE person_id = ${personId}`, {
      discard: true,
    }),
  )

/**
 * Deletes rows whose keys contain the person's id: hidden descriptors and states of rules and beds. Call it in the
 * caller's transaction, before the person's devices are deleted. Leases stay: a restarted fencing number would let in a
 * process that was suspended since before the removal.
 */
export const deleteChoices = (personId: PersonId) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const own = sql`household_id = (SELECT household_id FROM person WHERE id = ${personId})`
    const devices = yield* sql<{ id: DeviceId }>`SELECT id FROM device WHERE person_id = ${personId}`
    const descriptors = new Set([
      personDescriptorId(personId),
      ...devices.map(({ id }) => deviceDescriptorId(personId, id)),
    ])
    for (const id of descriptors) yield* sql`DELETE FROM left_out WHERE ${own} AND descriptor_id = ${id}`
    // "rule <rule> <person> <bounds>" and "bed <descriptor>": ids hold no space, names of rules may.
    const subjects = new Set<string>([personId, ...descriptors])
    const states = yield* sql<{ key: string }>`SELECT key FROM held_state WHERE ${own}`
    for (const { key } of states)
      if (key.split(" ").some((word) => subjects.has(word)))
        yield* sql`DELETE FROM held_state WHERE ${own} AND key = ${key}`
    yield* sql`DELETE FROM trouble WHERE about_id = ${personId}`
  })

/** Deletes all measures of a person in small transactions, so that other writers do not have to wait. */
export const deleteMeasures = (personId: PersonId) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const key = sql.literal("person_id, source, grp, kind, position")
    const some = sql`
      DELETE FROM measure WHERE (${key}) IN (
        SELECT ${key} FROM measure WHERE person_id = ${personId} LIMIT ${rowsAtOnce})
      RETURNING person_id`
    let deleted = 0
    for (;;) {
      const { length } = yield* some
      deleted += length
      if (length < rowsAtOnce) return deleted
      yield* Effect.sleep(breath)
    }
  }).pipe(storeError("delete a history"))

/** Commits a change that homes have to show. */
export const commitChange = <E, R>(change: Effect.Effect<unknown, E, R>) =>
  Effect.flatMap(ChangeFeed, (feed) =>
    feed.commit(() => Effect.as(change, { value: undefined, changed: true })),
  )
