import { HttpServer, HttpServerRequest, HttpServerResponse, Socket } from "@effect/platform"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Deferred, Effect, Exit, Layer, Scope } from "effect"
import { randomUUID } from "node:crypto"
import { createServer } from "node:http"
import newerManifest from "../gladys-5.1.json" with { type: "json" }

/** Gladys' host API and websocket for one external integration, with the limits and errors measured on a real one. */
export interface HostOptions {
  readonly selector: string
  readonly token: string
  /** A minute in the real one. */
  readonly windowMillis: number
}

export interface StoredState {
  readonly value: number | string
  readonly createdAt: number
  readonly dated: boolean
}

interface HostFeature {
  /** Another one each time it is created. */
  id?: string
  created_at?: string
  keep_history?: boolean
  readonly name: string
  readonly external_id: string
  readonly category: string
  readonly type: string
  readonly unit: string | null
  readonly min?: number
  readonly max?: number
  last_value?: number
  last_value_string?: string
  last_value_changed?: string
}

interface HostDevice {
  readonly name: string
  readonly external_id: string
  readonly features: Array<HostFeature>
}

type Json = Record<string, unknown>

const statesARequest = 100
const statesAWindow = 300
const ackMillis = 5000
const invalidAccessToken = 4000
/** Seconds in the real one. */
const restartMillis = 20

const categories = new Set(
  "counter-sensor temperature-sensor distance-sensor speed-sensor co2-sensor humidity-sensor noise-sensor light-sensor duration text battery presence-sensor switch".split(
    " ",
  ),
)
const types = new Set(["integer", "decimal", "binary", "push", "text"])
const units = new Set(
  "percent celsius fahrenheit m km meter-per-second ppm decibel lux hours minutes seconds milliseconds".split(
    " ",
  ),
)

class Refusal {
  readonly status: number
  readonly body: Json
  constructor(status: number, body: Json) {
    this.status = status
    this.body = body
  }
}

const bad = (message: string) => new Refusal(400, { status: 400, code: "BAD_REQUEST", message })
const unprocessable = (properties: string) =>
  new Refusal(422, { status: 422, code: "UNPROCESSABLE_ENTITY", properties })

export class GladysHost {
  readonly states = new Map<string, Array<StoredState>>()
  /** Whether it is a Gladys 5.1, and the events of scene triggers that it was told. */
  newer = false
  readonly events: Array<{ readonly key: string; readonly data: Json }> = []
  /** What started scenes: every state without a date. */
  readonly scenes: Array<{ readonly externalId: string; readonly value: number | string }> = []
  /** Hears of each state that starts scenes, and of each event, as they come. */
  onState: (externalId: string, value: number | string) => void = () => {}
  onEvent: (key: string, data: Json) => void = () => {}
  readonly refusals: Array<number> = []
  readonly requests: Array<string> = []
  discovered: ReadonlyArray<HostDevice> = []
  created = new Map<string, HostDevice>()
  config: Json = {}
  status: { connected: boolean; message: { en: string; fr: string } } | null = null
  /** All that was ever said beside the badge, in English. */
  readonly statuses: Array<string> = []
  /** Connections that were authenticated, over all restarts. */
  connections = 0
  token: string
  /** Each request is answered so much later. */
  slowMillis = 0
  /** Events of scene triggers are taken at once, and answered so much later. */
  lateEventMillis = 0
  /** Results of commands are lost on their way so often. */
  loseAcks = 0
  /** Answers of /state are lost after the states were stored, so often. */
  loseAnswers = 0
  /** The next requests for states are refused like this. */
  readonly refuseStates: Array<{ readonly status: number; readonly body: Json }> = []
  /** Whether the user gave a key of Gladys Plus, and how its gateway answers a HEAD. */
  plus = false
  headStatus = 200
  port = 0
  private readonly options: HostOptions
  private window = { started: 0, states: 0 }
  private running: Scope.CloseableScope | null = null
  private write: ((chunk: string | Socket.CloseEvent) => Effect.Effect<void, unknown>) | null = null
  private readonly awaited = new Map<string, Deferred.Deferred<Json>>()
  private messages = 0

  constructor(options: HostOptions) {
    this.options = options
    this.token = options.token
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  /** Where Gladys Plus receives webhooks; here it is the same server. */
  get webhookUrl() {
    return `${this.url}/v1/api/external-integration/plus-key/${this.options.selector}/withings`
  }

  /** The user takes a device out and adds it again while the integration is away, or hears nothing of it. */
  readonly removeQuietly = (externalId: string) =>
    Effect.sync(() => {
      for (const feature of this.created.get(externalId)?.features ?? [])
        this.states.delete(feature.external_id)
      this.created.delete(externalId)
    })

  readonly addQuietly = (externalId: string) =>
    Effect.sync(() => {
      const device = this.discovered.find(({ external_id }) => external_id === externalId)
      if (device === undefined) throw new Error(`${externalId} was not discovered`)
      const created_at = new Date().toISOString()
      const made = structuredClone(device)
      // A state of words that was declared is kept; those are columns of the feature.
      for (const feature of made.features) Object.assign(feature, { id: randomUUID(), created_at })
      this.created.set(externalId, made)
      return made
    })

  /** external_id of every feature that the user created. */
  get features() {
    return new Set(
      [...this.created.values()].flatMap(({ features }) => features.map(({ external_id }) => external_id)),
    )
  }

  /** All states of all features. */
  get stored() {
    return [...this.states.values()].reduce((sum, states) => sum + states.length, 0)
  }

  readonly start = Effect.suspend(() =>
    Effect.gen(this, function* () {
      const scope = yield* Scope.make()
      const server = yield* Layer.buildWithScope(
        HttpServer.serve(this.router).pipe(
          Layer.provideMerge(
            NodeHttpServer.layer(() => createServer(), { port: this.port, host: "127.0.0.1" }),
          ),
        ),
        scope,
      )
      const { address } = yield* Effect.provide(HttpServer.HttpServer, server)
      if (address._tag === "TcpAddress") this.port = address.port
      this.running = scope
    }),
  )

  /** What Gladys holds in memory only is gone; who was connected is cut off. */
  readonly stop = Effect.suspend(() => {
    this.discovered = []
    this.status = null
    const scope = this.running
    this.running = null
    return Effect.zipRight(this.close(1001), scope === null ? Effect.void : Scope.close(scope, Exit.void))
  })

  /** The token in use is refused from now on. */
  readonly renewToken = (token: string) => {
    this.token = token
    return this.close(invalidAccessToken)
  }

  /** How often the supervisor started the container, and whether it gave it up. */
  starts = 0
  gaveUp = false

  /** Starts the container again whenever it ends, until it failed five times. */
  readonly supervise = <E, R>(run: () => Effect.Effect<void, E, R>): Effect.Effect<void, never, R> =>
    Effect.suspend(() => {
      if (this.starts === 5) {
        this.gaveUp = true
        return Effect.void
      }
      this.starts++
      return Effect.zipRight(
        Effect.exit(run()),
        Effect.delay(this.supervise(run), `${restartMillis * this.starts} millis`),
      )
    })

  readonly close = (code: number) =>
    Effect.suspend(() => {
      const write = this.write
      this.write = null
      return write === null ? Effect.void : Effect.ignore(write(new Socket.CloseEvent(code)))
    })

  // What the user of Gladys does.

  readonly createDevice = (externalId: string) =>
    Effect.suspend(() => {
      const device = this.discovered.find(({ external_id }) => external_id === externalId)
      if (device === undefined) return Effect.die(new Error(`${externalId} was not discovered`))
      if (device.features.some(({ min, max }) => min === undefined || max === undefined)) {
        return Effect.die(new Error("422: min and max are required"))
      }
      return Effect.flatMap(this.addQuietly(externalId), (made) =>
        this.tell("device-created", { device: made }),
      )
    })

  readonly deleteDevice = (externalId: string) =>
    Effect.suspend(() => {
      const device = this.created.get(externalId)
      return Effect.zipRight(this.removeQuietly(externalId), this.tell("device-deleted", { device }))
    })

  readonly configure = (values: Json) =>
    Effect.suspend(() => {
      this.config = { ...this.config, ...values }
      return this.tell("config-updated", { config: this.config })
    })

  /** As the front shows it: nothing of why it was refused, be it by a 422 or for want of an answer. */
  readonly seenByUser = (command: Effect.Effect<Json, Error>) =>
    command.pipe(
      Effect.flatMap((result) =>
        result["success"] === true
          ? Effect.succeed("Account connected successfully.")
          : Effect.fail(unprocessable(String(result["error"]))),
      ),
      Effect.orElseSucceed(() => "The integration refused the connection. Please try again."),
    )

  readonly action = (key: string, fields: Json = {}, timeoutMillis = 30_000) =>
    this.command("action.run", { key, fields }, timeoutMillis)

  readonly tell = (type: string, payload: Json) =>
    Effect.suspend(() =>
      this.write === null
        ? Effect.void
        : Effect.ignore(this.write(JSON.stringify({ type: `external-integration.${type}`, payload }))),
    )

  /** A command that has to be answered in time. */
  readonly command = (type: string, payload: Json, timeoutMillis = ackMillis) =>
    Effect.gen(this, function* () {
      const message_id = `message-${++this.messages}`
      const result = yield* Deferred.make<Json>()
      this.awaited.set(message_id, result)
      yield* this.tell(type, { message_id, ...payload })
      return yield* Deferred.await(result).pipe(
        Effect.timeoutFail({
          duration: timeoutMillis,
          onTimeout: () => new Error(`${type} was not acknowledged`),
        }),
      )
    })

  // What the integration reaches.

  private readonly router = Effect.gen(this, function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (request.headers["upgrade"] !== undefined) return yield* this.socket(request)
    if (request.url.startsWith("/v1/api/external-integration/")) return yield* this.gateway(request)
    if (this.slowMillis > 0) yield* Effect.sleep(this.slowMillis)
    const path = request.url.split("?", 1)[0]?.replace("/api/integration/v1", "") ?? ""
    this.requests.push(`${request.method} ${path}`)
    const answer = yield* Effect.try({
      try: () => {
        if (request.headers["authorization"] !== `Bearer ${this.token}`) {
          throw new Refusal(401, { status: 401, code: "UNAUTHORIZED", message: "Invalid integration token" })
        }
        return null
      },
      catch: asRefusal,
    }).pipe(
      Effect.zipRight(
        request.method === "POST" ? Effect.mapError(request.json, () => bad("no JSON")) : Effect.succeed({}),
      ),
      Effect.flatMap((body) =>
        Effect.try({ try: () => this.answer(`${request.method} ${path}`, objectOf(body)), catch: asRefusal }),
      ),
      Effect.map((body) => ({ status: 200, body })),
      Effect.catchAll((refusal) => {
        this.refusals.push(refusal.status)
        return Effect.succeed({ status: refusal.status, body: refusal.body })
      }),
    )
    if (path === "/scene/event" && this.lateEventMillis > 0) yield* Effect.sleep(this.lateEventMillis)
    if (path === "/state" && answer.status === 200 && this.loseAnswers > 0) {
      this.loseAnswers--
      return yield* Effect.die(new Error("the answer was lost"))
    }
    return HttpServerResponse.unsafeJson(answer.body, { status: answer.status })
  })

  /** Gladys Plus: hands the body on and answers before anything is done with it. */
  private gateway(request: HttpServerRequest.HttpServerRequest) {
    return Effect.gen(this, function* () {
      if (request.method === "HEAD") return HttpServerResponse.empty({ status: this.headStatus })
      const body = yield* request.text
      const content_type = request.headers["content-type"] ?? null
      yield* this.tell("webhook.received", {
        webhook_key: "withings",
        method: "POST",
        query: {},
        body,
        content_type,
      })
      return HttpServerResponse.empty({ status: 200 })
    })
  }

  private answer(route: string, body: Json): unknown {
    switch (route) {
      case "GET /status":
        return {
          gladys_version: this.newer ? "5.1.0" : "4.86.1",
          service: { selector: this.options.selector, status: "RUNNING" },
        }
      case "POST /heartbeat":
        return { success: true }
      case "POST /connection_status":
        return this.setStatus(body)
      case "POST /discovered_device":
        return this.discover(body["devices"])
      case "GET /device":
        return [...this.created.values()]
      case "POST /state":
        return this.takeStates(body["states"])
      case "GET /config":
        return { config: this.config }
      case "POST /config":
        return this.mergeConfig(objectOf(body["config"]))
      case "POST /scene/event":
        return this.takeEvent(body)
      case "GET /webhook":
        return {
          available: this.plus,
          webhooks: [{ key: "withings", mode: "fire_and_forget", url: this.webhookUrl }],
        }
      default:
        throw new Refusal(404, { status: 404, code: "NOT_FOUND", message: "Route not found" })
    }
  }

  /** Gladys 5.1 takes events of the triggers that the manifest declares; older ones have no such route. */
  private takeEvent({ key, data }: Json) {
    if (!this.newer) throw new Refusal(404, { status: 404, code: "NOT_FOUND", message: "Route not found" })
    if (!newerManifest.scene_triggers.some((trigger) => trigger.key === key))
      throw new Refusal(404, { status: 404, code: "NOT_FOUND", message: `${key} is not declared` })
    this.events.push({ key: String(key), data: objectOf(data) })
    this.onEvent(String(key), objectOf(data))
    return { success: true }
  }

  private setStatus(body: Json) {
    const message = objectOf(body["message"])
    if (typeof body["connected"] !== "boolean" || typeof message["en"] !== "string")
      throw bad("message.en: required")
    this.status = { connected: body["connected"], message: { en: message["en"], fr: String(message["fr"]) } }
    this.statuses.push(this.status.message.en)
    return { success: true }
  }

  private discover(devices: unknown) {
    if (!Array.isArray(devices)) throw bad("devices: must be an array")
    if (devices.length > 2000) throw bad("devices: at most 2000")
    const prefix = `ext:${this.options.selector}:`
    for (const [index, device] of devices.entries()) {
      const at = `devices[${index}]`
      if (!String(device.external_id).startsWith(prefix))
        throw bad(`${at}.external_id: must start with ${prefix}`)
      if ("selector" in device || "service_id" in device) throw bad(`${at}.selector: not allowed`)
      if (typeof device.name !== "string" || device.name === "") throw bad(`${at}.name: required`)
      if (!Array.isArray(device.features)) throw bad(`${at}.features: must be an array`)
      for (const [number, feature] of device.features.entries()) {
        const where = `${at}.features[${number}]`
        if (!String(feature.external_id).startsWith(prefix))
          throw bad(`${where}.external_id: must start with ${prefix}`)
        if (!categories.has(feature.category)) throw bad(`${where}.category: unknown category`)
        if (!types.has(feature.type)) throw bad(`${where}.type: unknown type`)
        if (feature.unit !== null && !units.has(feature.unit)) throw bad(`${where}.unit: unknown unit`)
      }
    }
    this.discovered = devices
    return { success: true, count: devices.length }
  }

  private mergeConfig(values: Json) {
    for (const key of Object.keys(values)) {
      if (!/^[a-z0-9_]+$/.test(key) || key.toLowerCase().startsWith("gladys_"))
        throw bad(`config.${key}: refused`)
      if (JSON.stringify(values[key]).length > 1_000_000)
        throw new Refusal(413, { status: 413, code: "PAYLOAD_TOO_LARGE", message: "Payload too large" })
    }
    this.config = { ...this.config, ...values }
    return { success: true }
  }

  private takeStates(states: unknown) {
    const refused = this.refuseStates.shift()
    if (refused !== undefined) throw new Refusal(refused.status, refused.body)
    if (!Array.isArray(states)) throw bad("states: must be an array")
    if (states.length > statesARequest) throw bad(`states: at most ${statesARequest}`)
    const now = Date.now()
    if (now - this.window.started >= this.options.windowMillis) this.window = { started: now, states: 0 }
    if (this.window.states + states.length > statesAWindow) {
      const left = (this.window.started + this.options.windowMillis - now) / 1000
      throw new Refusal(429, {
        status: 429,
        code: "TOO_MANY_REQUESTS",
        properties: { time_before_next: left },
      })
    }
    this.window.states += states.length
    // Whether a dated state is there already is looked up for all of a request at once: equal ones in it double.
    const before = new Map(
      [...this.states].map(([id, known]) => [id, new Set(known.map(({ createdAt }) => createdAt))] as const),
    )
    for (const [index, state] of states.entries()) {
      const value = state.state ?? state.text
      if (typeof value !== "number" && typeof value !== "string") {
        throw bad(`states[${index}]: must have a numeric "state" or a string "text"`)
      }
      const { created_at } = state
      if (created_at !== undefined && Number.isNaN(Date.parse(created_at)))
        throw bad(`states[${index}].created_at: must be an ISO 8601 date string`)
      this.store({
        externalId: String(state.device_feature_external_id),
        value,
        createdAt: created_at,
        before,
      })
    }
    return { success: true }
  }

  /** A state of a device that nobody created is dropped without a word. */
  private store({
    before,
    createdAt,
    externalId,
    value,
  }: {
    readonly externalId: string
    readonly value: number | string
    readonly createdAt: string | undefined
    readonly before: ReadonlyMap<string, ReadonlySet<number>>
  }) {
    const feature = [...this.created.values()]
      .flatMap(({ features }) => features)
      .find(({ external_id }) => external_id === externalId)
    if (feature === undefined) return
    // Words have no history and no date of their own; every one of them starts scenes.
    const dated = createdAt !== undefined && typeof value === "number"
    const at = dated ? Date.parse(createdAt) : Date.now()
    if (!dated) {
      this.scenes.push({ externalId, value })
      this.onState(externalId, value)
    }
    if (typeof value === "string") {
      feature.last_value_string = value
      feature.last_value_changed = new Date(at).toISOString()
      return
    }
    const states = this.states.get(externalId) ?? []
    this.states.set(externalId, states)
    const same = dated ? before.get(externalId)?.has(at) === true : false
    if (same) states[states.findIndex((state) => state.createdAt === at)] = { value, createdAt: at, dated }
    else if (feature.keep_history !== false) states.push({ value, createdAt: at, dated })
    if (at >= Date.parse(feature.last_value_changed ?? "1970-01-01")) {
      feature.last_value = value
      feature.last_value_changed = new Date(at).toISOString()
    }
  }

  private socket(request: HttpServerRequest.HttpServerRequest) {
    return Effect.gen(this, function* () {
      const socket = yield* request.upgrade
      const write = yield* socket.writer
      yield* socket.runRaw((data) => this.receive(JSON.parse(String(data)), write)).pipe(Effect.ignore)
      if (this.write === write) this.write = null
      return HttpServerResponse.empty()
    }).pipe(Effect.scoped)
  }

  private receive(
    message: { readonly type: string; readonly payload: Json },
    write: (chunk: string | Socket.CloseEvent) => Effect.Effect<void, unknown>,
  ): Effect.Effect<void> {
    if (message.type === "authenticate.integration-request") {
      if (message.payload["token"] !== this.token) {
        return Effect.ignore(write(new Socket.CloseEvent(invalidAccessToken)))
      }
      this.write = write
      this.connections++
      return Effect.ignore(write(JSON.stringify({ type: "authentication.connected", payload: {} })))
    }
    if (message.type === "external-integration.command-result") {
      if (this.loseAcks > 0) {
        this.loseAcks--
        return Effect.void
      }
      const result = this.awaited.get(String(message.payload["message_id"]))
      return result === undefined ? Effect.void : Effect.asVoid(Deferred.succeed(result, message.payload))
    }
    return Effect.void
  }
}

const asRefusal = (cause: unknown) =>
  cause instanceof Refusal ? cause : new Refusal(500, { status: 500, message: String(cause) })

const objectOf = (value: unknown): Json => (typeof value === "object" && value !== null ? { ...value } : {})
