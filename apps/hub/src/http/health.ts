import { Sharding } from "@effect/cluster"
import { HttpServerResponse } from "@effect/platform"
import { SqlClient } from "@effect/sql"
import { epochSeconds } from "@withings-bridge/core"
import { Effect } from "effect"
import { counted } from "../counters.ts"

/** Seconds for which the longest waiting person is due. A claim moves the time, so this grows only while no runner works. */
export const overdue = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const now = yield* epochSeconds
  const [row] = yield* sql<{ seconds: number }>`
    SELECT COALESCE(MAX(${now}::bigint - due_at), 0) AS seconds FROM person
    WHERE removed_at IS NULL AND due_at > 0 AND due_at <= ${now}`
  return Number(row?.seconds ?? 0)
})

/** The process answers. */
export const health = HttpServerResponse.text("ok\n")

const stalled = 120

/** The runner reaches the database, is part of the cluster, and work is being done. */
export const ready = Effect.gen(function* () {
  const waits = yield* overdue
  if (yield* (yield* Sharding.Sharding).isShutdown)
    return HttpServerResponse.text("shutting down\n", { status: 503 })
  return waits < stalled
    ? HttpServerResponse.text("ready\n")
    : HttpServerResponse.text(`someone is due for ${Math.round(waits)} seconds\n`, { status: 503 })
}).pipe(
  Effect.timeout("5 seconds"),
  Effect.catchAllCause(() => HttpServerResponse.text("the database does not answer\n", { status: 503 })),
)

/** For Prometheus. It contains no names and no measures. */
export const metrics = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const states = yield* sql<{ state: string; n: number }>`
    SELECT state, COUNT(*) AS n FROM person WHERE removed_at IS NULL GROUP BY state`
  const budgets = yield* sql<{
    client_id: string
    spent: number
  }>`SELECT client_id, spent FROM request_budget`
  const [late] = yield* sql<{ n: number }>`SELECT COUNT(*) AS n FROM sync_request WHERE not_before > 0`
  const lines = [
    ...(yield* counted),
    ...states.map(({ n, state }) => `withings_hub_persons{state="${state}"} ${n}`),
    ...budgets.map(
      ({ client_id, spent }) => `withings_hub_requests_total{application="${client_id}"} ${spent}`,
    ),
    `withings_hub_overdue_seconds ${yield* overdue}`,
    `withings_hub_catch_up_waiting ${late?.n ?? 0}`,
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
  ]
  return HttpServerResponse.text(`${lines.join("\n")}\n`)
}).pipe(Effect.catchAllCause(() => HttpServerResponse.empty({ status: 503 })))
