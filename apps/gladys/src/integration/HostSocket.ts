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

/** Gladys restarts, updates and loses its network: come back for ever, but not all at once. */
const backoff = Schedule.exponential("1 second").pipe(
  Schedule.union(Schedule.spaced("1 minute")),
  Schedule.jittered,
  Schedule.resetAfter("2 minutes"),
)

/**
 * Keeps one authenticated websocket to Gladys for life. `session` starts anew with each connection and ends with it:
 * nothing is queued by Gladys for who is not connected, so it has to begin with a full resync.
 */
export const keepConnected = <R>(
  config: IntegrationConfig,
  session: (send: Send) => Effect.Effect<void, never, R>,
  onMessage: (message: HostMessage, send: Send) => Effect.Effect<void, never, R>,
) =>
  connectOnce(config, session, onMessage).pipe(
    Effect.catchIf(
      (error) => error._tag !== "TokenRefused",
      (error) => Effect.logInfo(lost(config, error)),
    ),
    Effect.repeat(backoff),
  )

/** The platform's own words name neither the address nor the cause. */
const lost = ({ url }: IntegrationConfig, error: Socket.SocketError): string => {
  if (error.reason === "Close")
    return `Gladys at ${url} closed the connection (${error.code}). It is tried again.`
  const why = causeOf(error.cause)
  return `No connection to Gladys at ${url}${why === "" ? "" : ` (${why})`}. It is tried again.`
}

const causeOf = (cause: unknown): string => {
  if (cause instanceof Error) return causeOf(cause.cause) || cause.message
  if (typeof cause !== "object" || cause === null) return ""
  if ("error" in cause) return causeOf(cause.error)
  return "message" in cause && typeof cause.message === "string" ? cause.message : ""
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
