import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform"
import { Schema } from "effect"
import { ApiKey } from "./ApiKey.ts"
import { boundedText, DeviceQuery, integer, strictly } from "./deviceQuery.ts"
import {
  AggregatesOfFeature,
  BadRequest,
  Device,
  DiscoveredDevice,
  Forbidden,
  HistoricalState,
  NotFound,
  Person,
  ServerError,
  Service,
  TooManyRequests,
  Unauthorized,
} from "./schemas.ts"

const time = boundedText.annotations({
  jsonSchema: { type: "string", format: "date-time", description: "ISO 8601 time" },
})
/** The JSON schema of Unknown has an `$id`, which a document may define only once. */
const anything = Schema.Unknown.annotations({ jsonSchema: { anyOf: [{}] } })
/** A body may have more fields than are read: Gladys' front end sends whole devices. */
const body = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct(fields, { key: Schema.String, value: anything })
/** Pasted text: blanks around it are trimmed, but it must not be blank. */
const credential = Schema.compose(boundedText.pipe(Schema.pattern(/[!-~]/)), Schema.Trim)
const page = Schema.String.pipe(Schema.maxLength(2048)).annotations({
  jsonSchema: {
    type: "string",
    format: "uri",
    pattern: "^https?://",
    maxLength: 2048,
    description: "The settings page, which has to be a web address",
  },
})
const selector = HttpApiSchema.param("selector", boundedText)
const success = Schema.Struct({ success: Schema.Literal(true) })

const system = HttpApiGroup.make("system", { topLevel: true })
  .add(
    HttpApiEndpoint.get("health", "/health")
      .addSuccess(Schema.Struct({ status: Schema.Literal("ok") }))
      .annotate(OpenApi.Description, "Whether the bridge answers. Never asks for the API key."),
  )
  .add(
    HttpApiEndpoint.get("root", "/")
      .addSuccess(HttpApiSchema.Empty(302))
      .annotate(OpenApi.Description, "Leads to the settings page."),
  )
  .add(
    HttpApiEndpoint.get("settings", "/dashboard/integration/health/withings/settings")
      .setUrlParams(
        Schema.Struct({
          code: Schema.optional(Schema.String),
          state: Schema.optional(Schema.String),
          error: Schema.optional(Schema.String),
        }),
      )
      .addSuccess(HttpApiSchema.Text({ contentType: "text/html; charset=utf-8" }))
      .annotate(OpenApi.Description, "The settings page, and where Withings comes back to after a sign-in."),
  )
  .add(
    HttpApiEndpoint.get("docs", "/docs")
      .addSuccess(HttpApiSchema.Text({ contentType: "text/html; charset=utf-8" }))
      .annotate(OpenApi.Description, "This document for people."),
  )

const device = HttpApiGroup.make("device")
  .add(
    HttpApiEndpoint.get("list", "/api/v1/device")
      .setUrlParams(DeviceQuery)
      .addSuccess(Schema.Array(Device))
      .annotate(OpenApi.Description, "Every device the bridge knows, with the last value of each feature."),
  )
  .add(
    HttpApiEndpoint.post("add", "/api/v1/device")
      .setPayload(
        body({ external_id: boundedText }).annotations({
          description: "A device as init_devices answers it; only its external_id is read.",
        }),
      )
      .addSuccess(Device)
      .annotate(OpenApi.Description, "Keeps a discovered device and asks Withings for its newest measures."),
  )
  .add(HttpApiEndpoint.get("get")`/api/v1/device/${selector}`.addSuccess(Device))
  .add(
    HttpApiEndpoint.del("remove")`/api/v1/device/${selector}`
      .addSuccess(success)
      .annotate(OpenApi.Description, "Forgets that the device was added. Its history stays with the bridge."),
  )
  .addError(NotFound)
  .addError(BadRequest)
  .addError(ServerError)
  .middleware(ApiKey)

export const AggregationQuery = Schema.Struct({
  device_features: Schema.String.pipe(Schema.maxLength(8192)).annotations({
    jsonSchema: {
      type: "string",
      maxLength: 8192,
      pattern: "^[^,]*(,[^,]*){0,49}$",
      description: "Selectors of features, separated by commas; 50 at the most",
    },
  }),
  interval: Schema.optional(
    integer(1, 52_560_000).annotations({
      description: "Minutes back from now; all of the history if absent",
    }),
  ),
  max_states: Schema.optional(
    integer(1, 10_000).annotations({ description: "Values a feature; 100 if absent" }),
  ),
  offset: Schema.optional(
    integer(0, 52_560_000).annotations({ description: "Minutes before now at which the interval ends" }),
  ),
  group_by: Schema.optional(Schema.Literal("hour", "day", "week", "month", "year")),
}).annotations(strictly)

export const HistoryQuery = Schema.Struct({
  take: Schema.optional(integer(1, 500)),
  before: Schema.optional(time),
  before_id: Schema.optional(
    boundedText.annotations({ description: "Id of the last feature of the page before" }),
  ),
  since: Schema.optional(time),
  categories: Schema.optional(
    boundedText.annotations({ description: "Categories of features, separated by commas" }),
  ),
  room_id: Schema.optional(boundedText.annotations({ description: "No device here has a room" })),
  search: Schema.optional(boundedText),
}).annotations(strictly)

const state = HttpApiGroup.make("state")
  .add(
    HttpApiEndpoint.get("aggregated", "/api/v1/device_feature/aggregated_states")
      .setUrlParams(AggregationQuery)
      .addSuccess(Schema.Array(AggregatesOfFeature)),
  )
  .add(
    HttpApiEndpoint.get("history", "/api/v1/device_feature/states_history")
      .setUrlParams(HistoryQuery)
      .addSuccess(Schema.Array(HistoricalState))
      .annotate(
        OpenApi.Description,
        "States of all features, newest first; page on with the last created_at.",
      ),
  )
  .add(
    HttpApiEndpoint.get("export", "/api/v1/export")
      .addSuccess(HttpApiSchema.Text({ contentType: "text/csv; charset=utf-8" }))
      .annotate(OpenApi.Description, "The whole history as CSV: device, feature, unit, created_at, value."),
  )
  .addError(NotFound)
  .addError(BadRequest)
  .addError(ServerError)
  .middleware(ApiKey)

const live = HttpApiGroup.make("live")
  .add(
    HttpApiEndpoint.get("events", "/api/v1/live")
      .addSuccess(HttpApiSchema.Text({ contentType: "text/event-stream" }))
      .annotate(
        OpenApi.Description,
        "Server-sent events: `device.new-state` for each changed feature, `device.measured` for each new measure.",
      ),
  )
  .add(
    HttpApiEndpoint.get("socket", "/api/v1/live/socket")
      .addSuccess(HttpApiSchema.Empty(101))
      .annotate(OpenApi.Description, "The same as a websocket, one JSON object {type, payload} a message."),
  )
  .addError(BadRequest)
  .middleware(ApiKey)

const service = HttpApiGroup.make("service")
  .add(HttpApiEndpoint.get("service", "/api/v1/service/withings").addSuccess(Service))
  .add(
    HttpApiEndpoint.get("added", "/api/v1/service/withings/device")
      .setUrlParams(DeviceQuery)
      .addSuccess(Schema.Array(Device)),
  )
  .add(
    HttpApiEndpoint.post("initDevices", "/api/v1/service/withings/init_devices").addSuccess(
      Schema.Struct({ withingsDevices: Schema.Array(DiscoveredDevice) }),
    ),
  )
  .add(
    HttpApiEndpoint.get("reset", "/api/v1/service/withings/reset")
      .setUrlParams(
        Schema.Struct({
          confirm: Schema.optional(
            boundedText.annotations({ description: "`yes`, when the address is opened in a browser" }),
          ),
        }),
      )
      .addSuccess(success)
      .annotate(
        OpenApi.Description,
        "Signs every person out and forgets the credentials and the added devices. Refused when a browser opens it as a page, a link or a preview, unless confirmed.",
      ),
  )
  .add(
    HttpApiEndpoint.post("authorizationUri", "/api/v1/service/withings/oauth2/client/authorization-uri")
      .setPayload(body({ person_name: Schema.optional(Schema.String.pipe(Schema.maxLength(64))) }))
      .setHeaders(Schema.Struct({ referer: Schema.optional(page) }))
      .addSuccess(Schema.Struct({ authorizationUri: Schema.String }))
      .annotate(
        OpenApi.Description,
        "Where to sign in at Withings. The address that Withings leads back to is made of the Referer, if there is one.",
      ),
  )
  .add(
    HttpApiEndpoint.post("accessToken", "/api/v1/service/withings/oauth2/client/access-token")
      .setPayload(
        body({
          authorization_code: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(1024)),
          state: Schema.optional(
            boundedText.annotations({
              description: "As Withings gave it back; read from the Referer if absent",
            }),
          ),
        }),
      )
      .setHeaders(Schema.Struct({ referer: Schema.optional(Schema.String.pipe(Schema.maxLength(4096))) }))
      .addSuccess(Schema.Struct({ result: Person })),
  )
  .add(
    HttpApiEndpoint.get("client", "/api/v1/service/withings/oauth2/client").addSuccess(
      Schema.Struct({
        client_id: Schema.NullOr(Schema.String),
        configured: Schema.Boolean.annotations({ description: "Credentials are set, or a hub is followed." }),
      }),
    ),
  )
  .add(
    HttpApiEndpoint.post("variable")`/api/v1/service/withings/variable/${HttpApiSchema.param(
      "name",
      Schema.Literal("OAUTH2_CLIENT_ID", "OAUTH2_CLIENT_SECRET"),
    )}`
      .setPayload(body({ value: credential }))
      .addSuccess(Schema.Struct({ name: Schema.String })),
  )
  .add(
    HttpApiEndpoint.get("poll")`/api/v1/service/withings/poll/${selector}`
      .addSuccess(success)
      .annotate(OpenApi.Description, "Asks Withings at once for what is new on this device."),
  )
  .addError(NotFound)
  .addError(BadRequest)
  .addError(ServerError)
  .middleware(ApiKey)

/** All that the HTTP bridge answers, in Gladys' words and shapes. */
export class GladysApi extends HttpApi.make("gladys")
  .add(system)
  .add(device)
  .add(state)
  .add(live)
  .add(service)
  .addError(TooManyRequests)
  .addError(Unauthorized)
  .addError(Forbidden)
  .annotate(OpenApi.Title, "Withings bridge for Gladys Assistant")
  .annotate(OpenApi.Version, "1")
  .annotate(
    OpenApi.Description,
    "Withings devices in the shapes of Gladys' own API, and the routes of the Withings service that was proposed to Gladys.",
  ) {}
