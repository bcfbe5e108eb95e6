import { SqlClient } from "@effect/sql"
import { Clock, Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { storeError } from "./StoreError.ts"

const day = 86_400
const hour = 3_600_000

/** Long enough for an app that is off during a holiday. Seconds. */
const keptFor = 30 * day

/**
 * Deletes states that no process has used for 30 days: of deleted or changed rules, and of removed devices. A process does
 * not know the rules of others, so each marks the states that it uses once a day. Takes the keys of all settled states;
 * runs at most once an hour.
 */
export const forgetUnused = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const household = yield* HouseholdId
  let nextAt = 0
  const forget = (keys: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const now = yield* epochSeconds
      if (keys.length > 0)
        yield* sql`UPDATE held_state SET settled_at = ${now}
          WHERE household_id = ${household} AND settled_at < ${now - day} AND ${sql.in("key", keys)}`
      yield* sql`DELETE FROM held_state WHERE household_id = ${household} AND settled_at < ${now - keptFor}`
    }).pipe(sql.withTransaction, storeError("delete unused states"))
  return (keys: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      if (now < nextAt && nextAt - now <= hour) return
      nextAt = now + hour
      yield* forget(keys)
    })
})
