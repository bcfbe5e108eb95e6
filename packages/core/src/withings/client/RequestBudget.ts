import { SqlClient } from "@effect/sql"
import { Clock, Context, Duration, Effect, Layer, Random } from "effect"
import { storeError, type StoreError } from "../../store/StoreError.ts"
import { dialectOf } from "../../store/Dialect.ts"
import { makeRequestLines } from "./RequestLine.ts"
import { TooManyRequests } from "./WithingsError.ts"

/** Who goes first when requests are short: someone waits for a sign-in, nobody for the history. */
export type Priority = "sign-in" | "webhook" | "poll" | "history"

/** What the requests of an effect are for. */
export class RequestPriority extends Context.Reference<RequestPriority>()(
  "@withings-bridge/core/withings/RequestPriority",
  { defaultValue: (): Priority => "poll" },
) {}

/** Whose data the requests of an effect are about, so that all persons have their turn. */
export class RequestedFor extends Context.Reference<RequestedFor>()(
  "@withings-bridge/core/withings/RequestedFor",
  { defaultValue: () => "" },
) {}

/**
 * Withings allows 120 requests a minute. One every 750 ms is 80 a minute, and with up to 40 at once no window of a
 * minute ever sees more than 120.
 */
const interval = 750
const ahead: Readonly<Record<Priority, number>> = { "sign-in": 40, webhook: 30, poll: 20, history: 10 }
const longestPause = Duration.toMillis("10 minutes")

/** The time in `wait` milliseconds by this machine's clock, epoch seconds. */
const secondsIn = (wait: number) =>
  Effect.map(Clock.currentTimeMillis, (now) => Math.ceil((now + wait) / 1000))

/** The requests that a client id may send, counted in the store over all processes. */
export class RequestBudget extends Context.Tag("@withings-bridge/core/withings/RequestBudget")<
  RequestBudget,
  {
    /**
     * Waits for its turn: by priority, then person by person. Fails at once while Withings has asked for a pause, except
     * for a sign-in.
     */
    readonly spend: (clientId: string, action: string) => Effect.Effect<void, TooManyRequests | StoreError>
    /** Stops this client id for a while after a "too many". Returns until when, epoch seconds. */
    readonly pause: (clientId: string) => Effect.Effect<number, StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    RequestBudget,
    Effect.map(SqlClient.SqlClient, (sql) => {
      const lines = makeRequestLines()
      return RequestBudget.of({
        spend: (clientId, action) =>
          Effect.gen(function* () {
            const [priority, person] = [yield* RequestPriority, yield* RequestedFor]
            yield* lines.waitFor(clientId, { priority, person }, attempt(sql, { clientId, action, priority }))
          }),
        pause: (clientId) => pause(sql, clientId),
      })
    }),
  )
}

type Sql = SqlClient.SqlClient

interface Asked {
  readonly clientId: string
  readonly action: string
  readonly priority: Priority
}

/** null: granted; else how many milliseconds to wait. */
const attempt = (sql: Sql, { action, clientId, priority }: Asked) =>
  Effect.gen(function* () {
    if (yield* book(sql, clientId, priority)) return null
    const { booked, paused } = yield* standing(sql, clientId)
    if (priority !== "sign-in" && paused > 0 && paused <= longestPause)
      return yield* new TooManyRequests({ action, retryAt: yield* secondsIn(paused) })
    const wait = booked + interval - ahead[priority] * interval
    return { wait: Math.min(Math.max(wait, interval / 3), 60_000) }
  })

/** Rows from the future come from a clock that was set back and count as free: else nothing is sent for hours. */
const book = (sql: Sql, clientId: string, priority: Priority) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    const latest = sql`${now} + ${ahead[priority] * interval}`
    const sane = sql`${now} + ${ahead["sign-in"] * interval}`
    const ignoresPause = priority === "sign-in" ? 1 : 0
    const rows = yield* sql<{ spent: number }>`
      INSERT INTO request_budget (client_id, booked_until, spent, paused_until)
      VALUES (${clientId}, ${now} + ${interval}, 1, 0)
      ON CONFLICT (client_id) DO UPDATE SET
        booked_until = ${interval} + CASE
          WHEN request_budget.booked_until BETWEEN ${now} AND ${sane} THEN request_budget.booked_until
          ELSE ${now} END,
        spent = request_budget.spent + 1
      WHERE (request_budget.booked_until + ${interval} <= ${latest} OR request_budget.booked_until > ${sane})
        AND (${ignoresPause} = 1
          OR request_budget.paused_until NOT BETWEEN ${now} AND ${now} + ${longestPause})
      RETURNING spent`
    return rows.length > 0
  }).pipe(storeError("book a request"))

/** Milliseconds from now on. */
const standing = (sql: Sql, clientId: string) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    const [row] = yield* sql<{ booked: number; paused: number }>`
      SELECT booked_until - ${now} AS booked, paused_until - ${now} AS paused
      FROM request_budget WHERE client_id = ${clientId}`
    return { booked: Number(row?.booked ?? 0), paused: Number(row?.paused ?? 0) }
  }).pipe(storeError("read the request budget"))

const pause = (sql: Sql, clientId: string) =>
  Effect.gen(function* () {
    const now = yield* dialectOf(sql).now
    // One minute is Withings' own window; the rest keeps homes that share a client id apart.
    const lasts = yield* Random.nextIntBetween(60_000, 90_000)
    yield* sql`INSERT INTO request_budget (client_id, booked_until, spent, paused_until)
      VALUES (${clientId}, ${now}, 0, ${now} + ${lasts})
      ON CONFLICT (client_id) DO UPDATE SET paused_until = excluded.paused_until`
    return yield* secondsIn(lasts)
  }).pipe(storeError("pause the requests"))
