import { HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"

/** Gladys' own shape of an error. */
const error = <Code extends string, Status extends number>(status: Status, code: Code) =>
  ({ status: Schema.Literal(status), code: Schema.Literal(code), message: Schema.String }) as const

export class BadRequest extends Schema.Class<BadRequest>("BadRequest")(
  error(400, "BAD_REQUEST"),
  HttpApiSchema.annotations({ status: 400 }),
) {
  static readonly because = (message: string) => new BadRequest({ status: 400, code: "BAD_REQUEST", message })
}

export class Unauthorized extends Schema.Class<Unauthorized>("Unauthorized")(
  error(401, "UNAUTHORIZED"),
  HttpApiSchema.annotations({ status: 401 }),
) {
  static readonly because = (message: string) =>
    new Unauthorized({ status: 401, code: "UNAUTHORIZED", message })
}

export class NotFound extends Schema.Class<NotFound>("NotFound")(
  error(404, "NOT_FOUND"),
  HttpApiSchema.annotations({ status: 404 }),
) {
  static readonly because = (message: string) => new NotFound({ status: 404, code: "NOT_FOUND", message })
}

export class TooManyRequests extends Schema.Class<TooManyRequests>("TooManyRequests")(
  error(429, "TOO_MANY_REQUESTS"),
  HttpApiSchema.annotations({ status: 429 }),
) {
  static readonly because = (message: string) =>
    new TooManyRequests({ status: 429, code: "TOO_MANY_REQUESTS", message })
}

export class ServerError extends Schema.Class<ServerError>("ServerError")(
  error(500, "SERVER_ERROR"),
  HttpApiSchema.annotations({ status: 500 }),
) {
  static readonly because = (message: string) =>
    new ServerError({ status: 500, code: "SERVER_ERROR", message })
}

const Feature = Schema.Struct({
  id: Schema.String,
  device_id: Schema.String,
  name: Schema.String,
  selector: Schema.String,
  external_id: Schema.String,
  category: Schema.String,
  type: Schema.String,
  unit: Schema.NullOr(Schema.String),
  min: Schema.Number,
  max: Schema.Number,
  read_only: Schema.Literal(true),
  has_feedback: Schema.Literal(false),
  keep_history: Schema.Boolean,
  last_value: Schema.NullOr(Schema.Number),
  last_value_string: Schema.NullOr(Schema.String),
  last_value_changed: Schema.NullOr(Schema.String),
})

const device = {
  id: Schema.String,
  name: Schema.String,
  selector: Schema.String,
  external_id: Schema.String,
  model: Schema.String,
  service: Schema.Struct({ name: Schema.String }),
  should_poll: Schema.Literal(false),
  poll_frequency: Schema.Null,
  room_id: Schema.Null,
  params: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String })),
  features: Schema.Array(Feature),
}

export const Device = Schema.Struct(device).annotations({ identifier: "Device" })

export const DiscoveredDevice = Schema.Struct({
  ...device,
  inDB: Schema.Boolean.annotations({ description: "Whether the user added it already" }),
}).annotations({ identifier: "DiscoveredDevice" })

const Aggregate = Schema.Struct({
  created_at: Schema.String,
  value: Schema.Number,
  min_value: Schema.Number,
  max_value: Schema.Number,
  sum_value: Schema.Number,
  count_value: Schema.Number,
  end_time: Schema.optional(Schema.NullOr(Schema.String)),
})

const NamedFeature = Schema.Struct({
  name: Schema.String,
  selector: Schema.String,
  category: Schema.String,
  type: Schema.String,
  unit: Schema.NullOr(Schema.String),
})

export const AggregatesOfFeature = Schema.Struct({
  device: Schema.Struct({ name: Schema.String }),
  deviceFeature: NamedFeature,
  values: Schema.Array(Aggregate),
}).annotations({ identifier: "AggregatesOfFeature" })

export const HistoricalState = Schema.Struct({
  value: Schema.Number,
  created_at: Schema.String,
  device_feature: NamedFeature,
  device: Schema.Struct({ name: Schema.String, selector: Schema.String }),
  room: Schema.Null,
}).annotations({ identifier: "HistoricalState" })

export const Person = Schema.Struct({ id: Schema.String, name: Schema.String }).annotations({
  identifier: "Person",
})
