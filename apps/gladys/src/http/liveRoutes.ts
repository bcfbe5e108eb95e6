import { HttpApiBuilder, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Schedule, Stream } from "effect"
import { LiveChanges, type LiveMessage } from "../LiveChanges.ts"
import { GladysApi } from "./GladysApi.ts"
import { BadRequest } from "./schemas.ts"

/** Keeps proxies from closing a quiet connection. */
const heartbeat = Stream.repeatEffectWithSchedule(
  Effect.succeed(": still here\n\n"),
  Schedule.spaced("20 seconds"),
)

export const liveRoutes = HttpApiBuilder.group(GladysApi, "live", (handlers) =>
  handlers
    .handleRaw("events", () =>
      Effect.map(LiveChanges, (changes) =>
        HttpServerResponse.stream(
          Stream.encodeText(
            Stream.merge(heartbeat, Stream.map(changes.messages, asEvent), { haltStrategy: "right" }),
          ),
          { contentType: "text/event-stream", headers: { "cache-control": "no-store" } },
        ),
      ),
    )
    .handleRaw("socket", () =>
      Effect.gen(function* () {
        const changes = yield* LiveChanges
        const request = yield* HttpServerRequest.HttpServerRequest
        const socket = yield* Effect.mapError(request.upgrade, () => noWebsocket)
        const write = yield* socket.writer
        const sending = Stream.runForEach(changes.messages, (message) => write(JSON.stringify(message)))
        yield* Effect.raceFirst(socket.runRaw(ignoreInput), sending).pipe(Effect.ignore)
        return HttpServerResponse.empty()
      }).pipe(Effect.scoped),
    ),
)

const noWebsocket = BadRequest.because("Connect to this address with a websocket.")
const ignoreInput = () => Effect.void
const asEvent = (message: LiveMessage) =>
  `event: ${message.type}\ndata: ${JSON.stringify(message.payload)}\n\n`
