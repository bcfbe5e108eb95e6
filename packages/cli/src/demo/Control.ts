import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { boundedBody, boundedServer, isForeign } from "@withings-bridge/core"
import { Data, Effect, Layer, Schema } from "effect"
import { Happening } from "./Happening.ts"

/** The answer to a second terminal that made something happen. */
export const Happened = Schema.Struct({
  sentence: Schema.String,
  /** Milliseconds until each running app had updated its home; null: not in time. */
  arrivals: Schema.Record({ key: Schema.String, value: Schema.NullOr(Schema.Number) }),
})

export const Refused = Schema.Struct({ message: Schema.String })

/** Identifies the demo, to notice a second one in the same folder, or another program on this port. */
export const Whose = Schema.Struct({ home: Schema.String, pid: Schema.Number })

class Refusal extends Data.TaggedError("Refusal")<{ readonly message: string }> {}

const foreign = new Refusal({ message: "Pages of other sites may not control the demo." })
const unreadable = new Refusal({ message: "The request cannot be read." })

/** Serves the commands of a second terminal, on this machine only. */
export const serveControl = <R>(
  whose: typeof Whose.Type,
  port: number,
  happen: (happening: Happening) => Effect.Effect<typeof Happened.Type, Error, R>,
) => {
  const happenRoute = Effect.gen(function* () {
    const { headers } = yield* HttpServerRequest.HttpServerRequest
    if (isForeign(headers, { loopback: true })) return yield* foreign
    // Do not say what was wrong: describing 20,000 nested lists overflows the stack.
    const happening = yield* HttpServerRequest.schemaBodyJson(Happening).pipe(
      Effect.mapError(() => unreadable),
    )
    return HttpServerResponse.unsafeJson(yield* happen(happening))
  }).pipe(
    Effect.catchAll(({ message }) =>
      Effect.succeed(HttpServerResponse.unsafeJson({ message }, { status: 400 })),
    ),
  )
  return HttpRouter.empty.pipe(
    HttpRouter.get("/", Effect.succeed(HttpServerResponse.unsafeJson(whose))),
    HttpRouter.post("/happen", happenRoute),
    HttpServer.serve(boundedBody),
    Layer.provide(NodeHttpServer.layer(boundedServer, { port, host: "127.0.0.1" })),
  )
}
