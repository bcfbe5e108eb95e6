import {
  HttpApi,
  HttpApiEndpoint,
  HttpApiGroup,
  HttpApiMiddleware,
  HttpApiSchema,
  HttpApiSecurity,
  OpenApi,
} from "@effect/platform"
import { Schema } from "effect"

export class Refused extends Schema.TaggedError<Refused>()(
  "Refused",
  { message: Schema.String },
  HttpApiSchema.annotations({ status: 401 }),
) {}

export class NotFound extends Schema.TaggedError<NotFound>()(
  "NotFound",
  { message: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {}

/** The operator's key, WITHINGS_HUB_ADMIN_KEY. */
export class Operator extends HttpApiMiddleware.Tag<Operator>()("withings-hub/Operator", {
  failure: Refused,
  security: { bearer: HttpApiSecurity.bearer },
}) {}

const Household = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  application: Schema.String.annotations({ description: "Client id of its Withings application." }),
  createdAt: Schema.Number.annotations({ description: "Epoch seconds." }),
  persons: Schema.Number,
})

const Access = Schema.Struct({ at: Schema.Number, who: Schema.String, what: Schema.String })
/** PostgreSQL keeps no NUL in a text. */
const hasNoNul = (text: string) => !text.includes("\0")
const Text = Schema.String.pipe(Schema.filter(hasNoNul))
const id = HttpApiSchema.param("id", Text)
const name = Schema.NonEmptyTrimmedString.pipe(Schema.maxLength(100), Schema.filter(hasNoNul))

const households = HttpApiGroup.make("households")
  .add(HttpApiEndpoint.get("list", "/api/households").addSuccess(Schema.Array(Household)))
  .add(
    HttpApiEndpoint.post("create", "/api/households")
      .setPayload(Schema.Struct({ name }))
      .addSuccess(Household, { status: 201 }),
  )
  .add(HttpApiEndpoint.get("one")`/api/households/${id}`.addSuccess(Household).addError(NotFound))
  .add(
    HttpApiEndpoint.del("delete")`/api/households/${id}`
      .addSuccess(HttpApiSchema.NoContent)
      .addError(NotFound),
  )
  .add(
    HttpApiEndpoint.post("invite")`/api/households/${id}/invitations`
      .setPayload(Schema.Struct({ days: Schema.Int.pipe(Schema.between(1, 90)) }))
      .addSuccess(Schema.Struct({ url: Schema.String, expiresAt: Schema.Number }), { status: 201 })
      .addError(NotFound),
  )
  .add(
    HttpApiEndpoint.post("addKey")`/api/households/${id}/keys`
      .setPayload(Schema.Struct({ name }))
      .addSuccess(Schema.Struct({ key: Schema.String }), { status: 201 })
      .addError(NotFound),
  )
  .add(
    HttpApiEndpoint.del(
      "revokeKey",
    )`/api/households/${id}/keys/${HttpApiSchema.param("name", Text)}`.addSuccess(HttpApiSchema.NoContent),
  )
  .add(
    HttpApiEndpoint.get("access")`/api/households/${id}/access`
      .addSuccess(Schema.Array(Access))
      .addError(NotFound),
  )
  .middleware(Operator)

/** For the operator. No answer contains a measure. */
export class AdminApi extends HttpApi.make("hub").add(households).annotate(OpenApi.Title, "Withings Hub") {}
