import { SignIn } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { BridgeHost, type Credentials } from "../BridgeHost.ts"
import { nextToSignIn } from "../persons.ts"
import { ActionRun, household, refresh, runAction } from "./actions.ts"
import { CommandFailed } from "./CommandFailed.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { CreatedDevice, type HostApi } from "./HostApi.ts"
import type { HostMessage, Send } from "./HostSocket.ts"
import { Publisher } from "./Publisher.ts"
import { Settings } from "./Settings.ts"
import { LastRefusal, TookTooLong } from "./signInRefusal.ts"
import { toWidget } from "./toWidget.ts"
import { Received, receive, relayedWebhook } from "./webhooks.ts"

const AuthorizeUrl = Schema.Struct({ redirect_uri: Schema.String })
const Callback = Schema.Struct({ code: Schema.String, state: Schema.String, redirect_uri: Schema.String })
const WidgetGet = Schema.Struct({
  key: Schema.String,
  settings: Schema.optionalWith(Schema.Struct({ person: Schema.optional(Schema.String) }), {
    default: () => ({}),
  }),
})
const OfDevice = Schema.Struct({ device: CreatedDevice })
/** What answers a command: `data` of its result. */
type Answer = Readonly<Record<string, unknown>>

/** Gladys gives up on a command after five seconds; the answer has to travel, too. */
const patience = "4500 millis"
const patienceOfSignIn = "4300 millis"
/** The least time that the manifest gives an action is ten seconds. */
const patienceOfActions = "9500 millis"

const prefix = "external-integration."

/** Carries out one command of Gladys', and answers it where an answer is awaited. */
export const carryOut = (message: HostMessage, send: Send, onChange: Effect.Effect<void>) =>
  Effect.gen(function* () {
    const { message_id, ...payload } = message.payload
    const command = commandOf(message.type, payload, onChange)
    if (typeof message_id !== "string") return yield* Effect.ignoreLogged(command)
    const result = yield* command.pipe(
      Effect.timeoutFail({
        duration: message.type === `${prefix}action.run` ? patienceOfActions : patience,
        onTimeout: () => new TookTooLong(),
      }),
      Effect.match({
        onSuccess: (data) => ({ message_id, success: true, data }),
        onFailure: (error) => ({ message_id, success: false, error: error.message }),
      }),
    )
    yield* send({ type: `${prefix}command-result`, payload: result })
  })

export type Needs = BridgeHost | HostApi | Publisher | HistoryImport | LastRefusal | Settings

const commandOf = (
  type: string,
  payload: Answer,
  onChange: Effect.Effect<void>,
): Effect.Effect<Answer, { readonly message: string }, Needs> => {
  switch (type.startsWith(prefix) ? type.slice(prefix.length) : type) {
    case "scan-request":
      return refresh.pipe(
        Effect.zipRight(Effect.flatMap(Publisher, (publisher) => publisher.discover)),
        Effect.as({}),
      )
    case "device-created":
    case "device-updated":
      return Effect.flatMap(decode(OfDevice, payload), ({ device }) => created(device))
    case "device-deleted":
      return Effect.flatMap(decode(OfDevice, payload), ({ device }) =>
        Effect.flatMap(Publisher, (publisher) => publisher.removeCreated(device)),
      ).pipe(Effect.as({}))
    case "config-updated":
      return Effect.flatMap(decode(Updated, payload), ({ config }) => applyConfig(config)).pipe(
        // The language and the choice of values change what is offered, too.
        Effect.zipRight(Effect.flatMap(Publisher, (publisher) => publisher.discover)),
        Effect.zipRight(onChange),
        Effect.as({}),
      )
    case "oauth.get-authorize-url":
      return Effect.flatMap(decode(AuthorizeUrl, payload), ({ redirect_uri }) =>
        explained(authorizeUrl(redirect_uri), onChange),
      )
    case "oauth.callback":
      return Effect.flatMap(decode(Callback, payload), (callback) =>
        explained(finishSignIn(callback), onChange),
      )
    case "action.run":
      return Effect.flatMap(decode(ActionRun, payload), runAction).pipe(
        Effect.zipLeft(Effect.forkDaemon(onChange)),
      )
    case "scene-action.run":
      return Effect.flatMap(decode(ActionRun, payload), runSceneAction)
    case "widget.get":
      return Effect.flatMap(decode(WidgetGet, payload), widget)
    case "device.poll":
      return Effect.as(refresh, {})
    case "webhook.received":
      return Effect.as(Effect.flatMap(decode(Received, payload), receive), {})
    case "webhook-updated":
      return Effect.as(applyWebhook, {})
    case "device.set-value":
      return Effect.fail(new CommandFailed({ message: "Withings devices only tell values." }))
    default:
      return Effect.fail(new CommandFailed({ message: `This integration does not know ${type}.` }))
  }
}

const Updated = Schema.Struct({ config: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })

const decode = <A, I>(schema: Schema.Schema<A, I>, payload: Answer) =>
  Schema.decodeUnknown(schema)(payload).pipe(
    Effect.mapError(() => new CommandFailed({ message: "Gladys sent this command in an unknown form." })),
  )

/** Takes Gladys' configuration, and starts the core again where it has to: once for all of it. */
export const applyConfig = (config: Answer, change: Partial<Credentials> = {}) =>
  Effect.gen(function* () {
    const { clientId, clientSecret, persons } = yield* (yield* Settings).take(config)
    yield* (yield* BridgeHost).configure({ clientId, clientSecret, profiles: persons, ...change })
  })

const applyWebhook = Effect.gen(function* () {
  yield* (yield* BridgeHost).configure({ relayedWebhook: yield* relayedWebhook })
})

const created = (device: CreatedDevice) =>
  Effect.gen(function* () {
    const publisher = yield* Publisher
    yield* publisher.addCreated(device)
    yield* publisher.publishCurrent
    const { historyDays } = yield* (yield* Settings).get
    yield* (yield* HistoryImport).want(reachOf(historyDays))
    return {}
  })

/** Beyond the essential values, the past of more than a quarter of a year is brought only when it is asked for. */
export const reachOf = (days: number) => ({ essential: days, others: Math.min(days, 90) })

/** Gladys' page does not show why a sign-in was refused: the log and the status do. */
const explained = <A, E extends { readonly message: string }, R>(
  signIn: Effect.Effect<A, E, R>,
  onChange: Effect.Effect<void>,
) =>
  Effect.gen(function* () {
    const refusal = yield* LastRefusal
    return yield* signIn.pipe(
      // Before Gladys gives the command up: what is interrupted has no reason to tell.
      Effect.timeoutFail({ duration: patienceOfSignIn, onTimeout: () => new TookTooLong() }),
      Effect.tapBoth({ onSuccess: () => refusal.clear, onFailure: (error) => refusal.keep(error) }),
      // Gladys waits five seconds for the answer, not for the status.
      Effect.ensuring(Effect.forkDaemon(onChange)),
    )
  })

const runSceneAction = ({ key }: typeof ActionRun.Type) =>
  Effect.gen(function* () {
    if (key !== "sync_now")
      return yield* new CommandFailed({ message: `This integration has no scene action ${key}.` })
    yield* refresh
    return { outputs: {} }
  })

const widget = ({ key, settings }: typeof WidgetGet.Type) =>
  Effect.gen(function* () {
    const content = toWidget(yield* household, key, settings.person?.trim() ?? "")
    if (content !== null) return { content }
    return yield* new CommandFailed({ message: `This integration has no widget ${key}.` })
  })

const authorizeUrl = (callbackUrl: string) =>
  Effect.gen(function* () {
    const host = yield* BridgeHost
    yield* host.configure({ callbackUrl })
    const { persons } = yield* household
    const next = nextToSignIn(persons, (yield* (yield* Settings).get).persons)
    const options = next === null ? {} : { personName: next }
    const started = yield* host.use(Effect.flatMap(SignIn, (signIn) => signIn.start(options)))
    return { authorize_url: started.authorizeUrl }
  })

const finishSignIn = ({ code, state, redirect_uri }: typeof Callback.Type) =>
  Effect.gen(function* () {
    const host = yield* BridgeHost
    // After a restart in between, the address is Gladys' to tell again.
    yield* host.configure({ callbackUrl: redirect_uri })
    const landedOn = new URL(redirect_uri)
    landedOn.searchParams.set("code", code)
    landedOn.searchParams.set("state", state)
    yield* host.use(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn.href)))
    return {}
  })
