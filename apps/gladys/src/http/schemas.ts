import { HttpApiSchema } from "@effect/platform"
import { Schema } from "effect"

/** Gladys' own shape of an error, and a maker of it. */
const gladysError = <Status extends number, Code extends string>(
  identifier: string,
  status: Status,
  code: Code,
) => {
  const schema = Schema.Struct({
    status: Schema.Literal(status),
    code: Schema.Literal(code),
    message: Schema.String,
  }).annotations({ identifier, ...HttpApiSchema.annotations({ status }) })
  return Object.assign(schema, { because: (message: string) => ({ status, code, message }) })
}

export const BadRequest = gladysError("BadRequest", 400, "BAD_REQUEST")
export const Unauthorized = gladysError("Unauthorized", 401, "UNAUTHORIZED")
export const Forbidden = gladysError("Forbidden", 403, "FORBIDDEN")
export const NotFound = gladysError("NotFound", 404, "NOT_FOUND")
export const TooManyRequests = gladysError("TooManyRequests", 429, "TOO_MANY_REQUESTS")
export const ServerError = gladysError("ServerError", 500, "SERVER_ERROR")

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

export const Averaged = Schema.Struct({
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

export const Changed = Schema.Struct({
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
