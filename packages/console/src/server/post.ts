import { HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { PersonId } from "@withings-bridge/core"
import { Effect, Schema } from "effect"

export const AnyPerson = Schema.String.pipe(Schema.fromBrand(PersonId))

export const done = HttpServerResponse.unsafeJson({})

/** A route that reads JSON of a shape, acts on it, and answers what that gives as JSON. */
export const post = <A, I, E, R>(
  path: HttpRouter.PathInput,
  shape: Schema.Schema<A, I>,
  act: (sent: A) => Effect.Effect<object | void, E, R>,
) =>
  HttpRouter.post(
    path,
    Effect.map(Effect.flatMap(HttpServerRequest.schemaBodyJson(shape), act), (answer) =>
      HttpServerResponse.unsafeJson(answer ?? {}),
    ),
  )
