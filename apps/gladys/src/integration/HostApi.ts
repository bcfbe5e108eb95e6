import { HttpBody, HttpClient, HttpClientRequest, type HttpClientResponse } from "@effect/platform"
import type { Text } from "@withings-bridge/core"
import { Context, Data, Deferred, Effect, Layer, Redacted, Schema } from "effect"
import type { IntegrationConfig } from "../GladysConfig.ts"
import type { SceneEvent } from "./toSceneEvents.ts"

const orNull = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.NullOr(schema), { default: () => null })

/** The fields that the integration needs of a device that the user created in Gladys. */
export const CreatedDevice = Schema.Struct({
  external_id: Schema.String,
  features: Schema.optionalWith(
    Schema.Array(
      Schema.Struct({
        external_id: Schema.String,
        /** Gladys' own id. It changes when the device is removed and added again. */
        id: orNull(Schema.String),
        created_at: orNull(Schema.String),
        /** The user may turn it off for each feature. */
        keep_history: orNull(Schema.Boolean),
        last_value: orNull(Schema.Number),
        last_value_string: orNull(Schema.String),
        last_value_changed: orNull(Schema.String),
      }),
    ),
    { default: () => [] },
  ),
})
export type CreatedDevice = typeof CreatedDevice.Type
export type CreatedFeature = CreatedDevice["features"][number]

/** A value for Gladys. With `created_at` it is history; without, it is current and scenes react to it. */
export interface State {
  readonly device_feature_external_id: string
  readonly state?: number
  readonly text?: string
  readonly created_at?: string
}

/** What Gladys takes in one request. */
export const statesARequest = 100

export type HostConfig = Readonly<Record<string, unknown>>

/** Gladys no longer accepts the token. It replaces it with each new container, so only a restart helps. */
export class TokenRefused extends Data.TaggedError("TokenRefused") {
  override get message() {
    return "Gladys does not accept the integration's token any more: it has to start this integration again."
  }
}

/** Gladys answered with an error. `waitSeconds` comes with 429. */
class HostRefused extends Data.TaggedError("HostRefused")<{
  readonly request: string
  readonly status: number
  readonly reason: string
  readonly waitSeconds: number | null
}> {
  override get message() {
    return `Gladys refused ${this.request} with ${this.status}: ${this.reason}`
  }
}

class HostUnreachable extends Data.TaggedError("HostUnreachable")<{
  readonly request: string
  readonly reason: string
}> {
  override get message() {
    return `Gladys did not answer ${this.request}: ${this.reason}`
  }
}

export type HostError = HostRefused | HostUnreachable

type Answer<A> = Effect.Effect<A, HostError>

/** Gladys' host API for external integrations (C.3 of its specification). */
export class HostApi extends Context.Tag("withings-gladys/integration/HostApi")<
  HostApi,
  {
    readonly connectionStatus: (status: {
      readonly connected: boolean
      readonly message: Text
    }) => Answer<void>
    /** Replaces the list of discovered devices. */
    readonly discover: (devices: ReadonlyArray<object>) => Answer<void>
    readonly createdDevices: Answer<ReadonlyArray<CreatedDevice>>
    /** At most {@link statesARequest} of them. */
    readonly sendStates: (states: ReadonlyArray<State>) => Answer<void>
    readonly config: Answer<HostConfig>
    /** Merges; keys outside of the schema are private storage. */
    readonly saveConfig: (config: HostConfig) => Answer<void>
    readonly webhooks: Answer<ReadonlyArray<{ readonly key: string; readonly url: string }>>
    /** "4.86.1" */
    readonly gladysVersion: Answer<string>
    /** Starts scenes; needs Gladys 5.1. */
    readonly sceneEvent: (event: SceneEvent) => Answer<void>
    /** Fails once Gladys refuses a request because of its token. */
    readonly tokenRefused: Effect.Effect<never, TokenRefused>
  }
>() {
  static readonly layer = (config: IntegrationConfig) => Layer.effect(HostApi, make(config))
}

const patience = "20 seconds"

const Webhooks = Schema.Struct({
  available: Schema.Boolean,
  webhooks: Schema.Array(Schema.Struct({ key: Schema.String, url: Schema.String })),
})

const Status = Schema.Struct({ gladys_version: Schema.String })

const Config = Schema.Struct({ config: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })

const invalidToken = 401

const make = (config: IntegrationConfig) =>
  Effect.gen(function* () {
    const tokenRefused = yield* Deferred.make<never, TokenRefused>()
    const client = (yield* HttpClient.HttpClient).pipe(
      HttpClient.mapRequest((request) =>
        request.pipe(
          HttpClientRequest.prependUrl(`${config.url}/api/integration/v1`),
          HttpClientRequest.bearerToken(Redacted.value(config.token)),
        ),
      ),
    )
    const ask = (request: HttpClientRequest.HttpClientRequest): Answer<unknown> => {
      const name = `${request.method} ${request.url}`
      const unreachable = (reason: string) => new HostUnreachable({ request: name, reason })
      return client.execute(request).pipe(
        Effect.flatMap((answer) => Effect.map(bodyOf(answer), (body) => ({ status: answer.status, body }))),
        Effect.scoped,
        Effect.mapError(({ message }) => unreachable(message)),
        Effect.timeoutFail({
          duration: patience,
          onTimeout: () => unreachable(`no answer within ${patience}`),
        }),
        Effect.flatMap(({ status, body }) =>
          status < 300 ? Effect.succeed(body) : Effect.fail(refusal(name, status, body)),
        ),
        Effect.tapError((error) =>
          error._tag === "HostRefused" && error.status === invalidToken
            ? Deferred.fail(tokenRefused, new TokenRefused())
            : Effect.void,
        ),
      )
    }
    const get = <A, I>(path: string, schema: Schema.Schema<A, I>) =>
      Effect.flatMap(ask(HttpClientRequest.get(path)), (body) =>
        Effect.mapError(
          Schema.decodeUnknown(schema)(body),
          (error) =>
            new HostRefused({ request: path, status: 200, reason: error.message, waitSeconds: null }),
        ),
      )
    const post = (path: string, body: unknown) =>
      Effect.asVoid(ask(HttpClientRequest.post(path, { body: HttpBody.unsafeJson(body) })))
    return HostApi.of({
      connectionStatus: (status) => post("/connection_status", status),
      discover: (devices) => post("/discovered_device", { devices }),
      createdDevices: get("/device", Schema.Array(CreatedDevice)),
      sendStates: (states) => post("/state", { states }),
      config: Effect.map(get("/config", Config), ({ config }) => config),
      saveConfig: (values) => post("/config", { config: values }),
      gladysVersion: Effect.map(get("/status", Status), ({ gladys_version }) => gladys_version),
      sceneEvent: (event) => post("/scene/event", event),
      tokenRefused: Deferred.await(tokenRefused),
      webhooks: Effect.map(get("/webhook", Webhooks), (answer) => (answer.available ? answer.webhooks : [])),
    })
  })

const bodyOf = (answer: HttpClientResponse.HttpClientResponse) =>
  Effect.map(answer.text, (text): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      return null
    }
  })

/** 422 and 429 have `properties` instead of a message. */
const Refusal = Schema.Struct({
  message: Schema.optional(Schema.String),
  properties: Schema.optional(Schema.Unknown),
})
const Wait = Schema.Struct({ time_before_next: Schema.Number })

const refusal = (request: string, status: number, body: unknown): HostRefused => {
  const { message, properties } = Schema.is(Refusal)(body) ? body : {}
  const waitSeconds = Schema.is(Wait)(properties) ? properties.time_before_next : null
  const reason = message ?? (properties === undefined ? "no reason given" : JSON.stringify(properties))
  return new HostRefused({ request, status, reason: reason.slice(0, 500), waitSeconds })
}
