import { Singleton } from "@effect/cluster"
import { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Effect, Layer, Schedule } from "effect"
import { overdue } from "./http/health.ts"

/** Days for which the access log is kept. */
const accessKept = 90

/** Deletes old rows of the access log and expired invitations, once an hour. */
const layerRetention = Singleton.make(
  "retention",
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const now = yield* epochSeconds
    yield* sql`DELETE FROM hub_access WHERE at < ${now - accessKept * 86_400}`
    yield* sql`DELETE FROM hub_invitation WHERE expires_at < ${now}`
  }).pipe(Effect.ignoreLogged, Effect.repeat(Schedule.spaced("1 hour"))),
)

const endsAfter = 300

/**
 * Ends the process when a person has been due for minutes and no runner took them although this one looks healthy, a
 * stall that is in the cluster's issue tracker. The service manager starts the process again.
 */
const layerWatchdog = Layer.scopedDiscard(
  overdue.pipe(
    Effect.catchAll(() => Effect.succeed(0)),
    Effect.filterOrElse(
      (waits) => waits < endsAfter,
      (waits) =>
        Effect.zipRight(
          Effect.logError(
            `A person has been due for ${Math.round(waits)} seconds and no runner works: this runner stops.`,
          ),
          Effect.sync(() => process.kill(process.pid, "SIGTERM")),
        ),
    ),
    Effect.schedule(Schedule.spaced("30 seconds")),
    Effect.forkScoped,
  ),
)

export const layerUpkeep = Layer.merge(layerRetention, layerWatchdog)
