import { Socket } from "@effect/platform"
import { Effect, Redacted, Schedule, Schema } from "effect"
import type { IntegrationConfig } from "../GladysConfig.ts"
import { TokenRefused } from "./HostApi.ts"

/** A message of Gladys to the integration (C.4 of its specification). */
export const HostMessage = Schema.Struct({
  type: Schema.String,
  payload: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), {
    default: () => ({}),
  }),
})
export type HostMessage = typeof HostMessage.Type

export type Send = (message: { readonly type: string; readonly payload: object }) => Effect.Effect<void>

const invalidToken = 4000
const decodeMessage = Schema.decodeUnknown(Schema.parseJson(HostMessage))

/** Reconnects for ever, with jitter: Gladys restarts, updates and loses its network. */
const backoff = Schedule.exponential("1 second").pipe(
  Schedule.union(Schedule.spaced("1 minute")),
  Schedule.jittered,
  Schedule.resetAfter("2 minutes"),
)

/**
 * Keeps one authenticated websocket to Gladys open. Each connection starts `session`, which has to begin with a full
 * resync: Gladys queues nothing for a client that is away.
 */
export const keepConnected = <R>(
  config: IntegrationConfig,
  session: (send: Send) => Effect.Effect<void, never, R>,
  onMessage: (message: HostMessage, send: Send) => Effect.Effect<void, never, R>,
) =>
  connectOnce(config, session, onMessage).pipe(
    Effect.catchIf(
      (error) => error._tag !== "TokenRefused",
      (error) => Effect.flatMap(lost(config, error), Effect.logInfo),
    ),
    Effect.repeat(backoff),
  )

/** A websocket does not say why it could not be opened, a plain request does. */
const lost = ({ url }: IntegrationConfig, error: Socket.SocketError) => {
  if (error.reason === "Close")
    return Effect.succeed(`Gladys at ${url} closed the connection (${error.code}). It is tried again.`)
  return Effect.tryPromise(() => fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5000) })).pipe(
    Effect.match({
      onSuccess: ({ status }) => `it answers ${status}, but opens no websocket`,
      onFailure: ({ cause }) => causeOf(cause),
    }),
    Effect.map((why) => `No connection to Gladys at ${url}: ${why}. It is tried again.`),
  )
}

/** "connect ECONNREFUSED 127.0.0.1:80" stands within "fetch failed". */
const causeOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return "it does not answer"
  return cause.cause instanceof Error && cause.cause.message !== "" ? cause.cause.message : cause.message
}

const connectOnce = <R>(
  config: IntegrationConfig,
  session: (send: Send) => Effect.Effect<void, never, R>,
  onMessage: (message: HostMessage, send: Send) => Effect.Effect<void, never, R>,
) =>
  Effect.gen(function* () {
    const socket = yield* Socket.makeWebSocket(`${config.url.replace(/^http/, "ws")}/`, {
      closeCodeIsError: () => true,
    })
    const write = yield* socket.writer
    const send: Send = (message) => Effect.ignore(write(JSON.stringify(message)))
    const receive = (data: string | Uint8Array) =>
      decodeMessage(typeof data === "string" ? data : new TextDecoder().decode(data)).pipe(
        Effect.flatMap((message) =>
          Effect.forkScoped(
            message.type === "authentication.connected" ? session(send) : onMessage(message, send),
          ),
        ),
        Effect.catchTag("ParseError", () => Effect.logDebug("Gladys sent a message of an unknown form.")),
        Effect.asVoid,
      )
    const token = Redacted.value(config.token)
    yield* socket.runRaw(receive, {
      onOpen: send({ type: "authenticate.integration-request", payload: { token } }),
    })
  }).pipe(
    Effect.scoped,
    Effect.mapError((error) =>
      error.reason === "Close" && error.code === invalidToken ? new TokenRefused() : error,
    ),
  )
