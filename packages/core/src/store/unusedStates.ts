import { SqlClient } from "@effect/sql"
import { Clock, Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import { HouseholdId } from "./HouseholdId.ts"
import { storeError } from "./StoreError.ts"

const day = 86_400
const hour = 3_600_000

/** An app that is off for a holiday finds the states of its own rules as it left them. Seconds. */
const keptFor = 30 * day

/**
 * Deletes the states of rules, beds and moments that no process has had a use for in 30 days: those of rules that were
 * deleted or changed, and of devices that are gone. A process does not know the rules of the others, so that each says
 * once a day which states are in use. To be given the keys of all states that were settled; it works once an hour.
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
    }).pipe(sql.withTransaction, storeError("forget the states of deleted rules"))
  return (keys: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      if (now < nextAt && nextAt - now <= hour) return
      nextAt = now + hour
      yield* forget(keys)
    })
})
