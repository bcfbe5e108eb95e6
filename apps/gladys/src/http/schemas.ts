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

export class Forbidden extends Schema.Class<Forbidden>("Forbidden")(
  error(403, "FORBIDDEN"),
  HttpApiSchema.annotations({ status: 403 }),
) {
  static readonly because = (message: string) => new Forbidden({ status: 403, code: "FORBIDDEN", message })
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

const times = { created_at: Schema.String, updated_at: Schema.String }

const Feature = Schema.Struct({
  id: Schema.String,
  device_id: Schema.String,
  energy_parent_id: Schema.Null,
  name: Schema.String,
  selector: Schema.String,
  external_id: Schema.String,
  category: Schema.String,
  type: Schema.String,
  unit: Schema.NullOr(Schema.String),
  min: Schema.Number,
  max: Schema.Number,
  step: Schema.Null,
  read_only: Schema.Literal(true),
  has_feedback: Schema.Literal(false),
  keep_history: Schema.Boolean,
  last_value: Schema.NullOr(Schema.Number),
  last_value_string: Schema.NullOr(Schema.String),
  last_value_changed: Schema.NullOr(Schema.String),
  last_value_is_too_old: Schema.Boolean.annotations({ description: "Older than 48 hours" }),
  supported_options: Schema.Tuple(),
  last_hourly_aggregate: Schema.Null,
  last_daily_aggregate: Schema.Null,
  last_monthly_aggregate: Schema.Null,
  ...times,
})

export const Service = Schema.Struct({
  id: Schema.String,
  pod_id: Schema.Null,
  name: Schema.String,
  selector: Schema.String,
  version: Schema.String,
  has_message_feature: Schema.Literal(false),
  status: Schema.String,
  type: Schema.Literal("internal"),
  docker_image: Schema.Null,
  manifest: Schema.Null,
  container_id: Schema.Null,
  failure_count: Schema.Literal(0),
  last_heartbeat: Schema.Null,
  token_version: Schema.Literal(0),
  store_slug: Schema.Null,
  granted_devices: Schema.Null,
  ...times,
}).annotations({ identifier: "Service" })

const device = {
  id: Schema.String,
  service_id: Schema.String,
  name: Schema.String,
  selector: Schema.String,
  external_id: Schema.String,
  model: Schema.String,
  service: Service,
  room: Schema.Null,
  should_poll: Schema.Literal(false),
  poll_frequency: Schema.Null,
  room_id: Schema.Null,
  params: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      device_id: Schema.String,
      name: Schema.String,
      value: Schema.String,
      ...times,
    }),
  ),
  features: Schema.Array(Feature),
  ...times,
}

export const Device = Schema.Struct(device).annotations({ identifier: "Device" })

export const DiscoveredDevice = Schema.Struct({
  ...device,
  inDB: Schema.Boolean.annotations({ description: "Whether the user added it already" }),
}).annotations({ identifier: "DiscoveredDevice" })

const Averaged = Schema.Struct({
  created_at: Schema.String,
  value: Schema.Number,
  min_value: Schema.Number,
  max_value: Schema.Number,
  sum_value: Schema.Number,
  count_value: Schema.Number,
  grouped_date: Schema.optional(Schema.String),
}).annotations({
  description: "Values of a stretch, or with `group_by` of an hour, day, week, month or year",
})

const Changed = Schema.Struct({
  created_at: Schema.String,
  value: Schema.Number,
  end_time: Schema.NullOr(Schema.String),
}).annotations({ description: "A change of something that is on or off" })

export const AggregatesOfFeature = Schema.Struct({
  device: Schema.Struct({ name: Schema.String }),
  deviceFeature: Schema.Struct({ name: Schema.String, unit: Schema.NullOr(Schema.String) }),
  values: Schema.Union(Schema.Array(Averaged), Schema.Array(Changed)),
}).annotations({ identifier: "AggregatesOfFeature" })

export const HistoricalState = Schema.Struct({
  value: Schema.Number,
  created_at: Schema.String,
  device_feature: Schema.Struct({
    id: Schema.String,
    name: Schema.String,
    selector: Schema.String,
    category: Schema.String,
    type: Schema.String,
    unit: Schema.NullOr(Schema.String),
  }),
  device: Schema.Struct({ name: Schema.String, selector: Schema.String }),
  room: Schema.Null,
}).annotations({ identifier: "HistoricalState" })

export const Person = Schema.Struct({ id: Schema.String, name: Schema.String }).annotations({
  identifier: "Person",
})
