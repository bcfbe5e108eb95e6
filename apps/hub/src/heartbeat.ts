import { SqlClient } from "@effect/sql"
import { catchUpAll } from "@withings-bridge/core/hub"
import { Effect, Layer, Schedule } from "effect"

const beatsEvery = "10 seconds"

/** Seconds. Withings repeats a webhook after ten seconds and after a minute, but then only after an hour. */
const deafAfter = 60

/** Notes, by the clock of the database, that a runner listens. After a gap everyone's news is fetched. */
const beat = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const now = sql`extract(epoch FROM clock_timestamp())::bigint`
  // Of runners that start together, only one sees the gap.
  const [before] = yield* sql<{ silent: number }>`
    SELECT ${now} - beat_at AS silent FROM hub_heartbeat FOR UPDATE`
  yield* sql`INSERT INTO hub_heartbeat (id, beat_at) VALUES (1, ${now})
    ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at`
  const silent = Number(before?.silent ?? 0)
  if (silent < deafAfter) return
  const takes = yield* catchUpAll
  yield* Effect.logInfo(
    `No runner listened to Withings for ${silent} seconds: everyone is asked for what is new within ${takes} seconds.`,
  )
}).pipe((effect) => Effect.flatMap(SqlClient.SqlClient, (sql) => sql.withTransaction(effect)))

export const layerHeartbeat = Layer.scopedDiscard(
  beat.pipe(Effect.ignoreLogged, Effect.repeat(Schedule.spaced(beatsEvery)), Effect.forkScoped),
)
