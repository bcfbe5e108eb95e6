import { type Household, SyncStatus } from "@withings-bridge/core"
import { Effect } from "effect"
import process from "node:process"

/**
 * Asks Withings once for measures and devices. The store says what is due, and after a restart mostly nothing is; but
 * while no process ran, nobody heard of what changed. Not asked when another process has been listening all along.
 */
export const askForNews = Effect.fn("askForNews")(function* ({ persons }: Household) {
  const { leaders, request } = yield* SyncStatus
  const { sync } = yield* leaders
  if (sync.some(({ pid }) => pid !== process.pid)) return
  const signedIn = persons.filter(({ standing }) => standing.state === "signed-in")
  yield* Effect.forEach(signedIn, ({ id }) => request(id, "getmeas"), { discard: true })
})
