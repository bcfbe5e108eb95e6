import { SqlClient } from "@effect/sql"
import { Duration, Effect } from "effect"
import { deviceDescriptorId, personDescriptorId } from "../device/attribution.ts"
import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { storeError } from "./StoreError.ts"

/** What is deleted with a removal, whether or not the history is kept: it comes again with a sign-in. */
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

/** Some milliseconds of work for the store, in which other writers wait. */
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
 * Deletes what is kept under keys that are made of the person's id: what homes leave out, and what rules and beds say.
 * To be asked before the person's devices are deleted, within the caller's transaction. The rows of `lease` stay: a
 * fencing number that began again would let a process in that was asleep since before the removal.
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

/** Deletes all measures of a person in many small transactions, since millions at once would keep everyone waiting. */
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

/** A change that every home has to hear of, in one transaction. */
export const commitChange = <E, R>(change: Effect.Effect<unknown, E, R>) =>
  Effect.flatMap(ChangeFeed, (feed) =>
    feed.commit(() => Effect.as(change, { value: undefined, changed: true })),
  )
