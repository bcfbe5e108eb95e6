import { Effect, Schema } from "effect"
import { finishSignIn, household, refresh, startSignIn } from "../askCore.ts"
import { BridgeHost, type Credentials } from "../BridgeHost.ts"
import { nextToSignIn } from "../persons.ts"
import { ActionRun, CommandFailed, runAction } from "./actions.ts"
import { CreatedFeatures } from "./CreatedFeatures.ts"
import { discover } from "./discover.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { CreatedDevice, type HostApi } from "./HostApi.ts"
import type { HostMessage, Send } from "./HostSocket.ts"
import { type Publisher, publishCurrent } from "./Publisher.ts"
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
const Updated = Schema.Struct({ config: Schema.Record({ key: Schema.String, value: Schema.Unknown }) })
/** `data` in the result of a command. */
type Answer = Readonly<Record<string, unknown>>

/** Gladys gives up on a command after five seconds, and the answer needs time to arrive. */
const patience = "4500 millis"
const patienceOfSignIn = "4300 millis"
/** The shortest timeout of an action in the manifest is ten seconds. */
const patienceOfActions = "9500 millis"

const prefix = "external-integration."

/** Carries out one command of Gladys, and sends the result if Gladys waits for one. */
export const carryOut = (message: HostMessage, send: Send, onChange: Effect.Effect<void>) =>
  Effect.gen(function* () {
    const { message_id, ...payload } = message.payload
    const { type } = message
    const command =
      commands.get(type.startsWith(prefix) ? type.slice(prefix.length) : type) ?? unknownCommand(type)
    const carriedOut = command(payload, onChange)
    if (typeof message_id !== "string") return yield* Effect.ignoreLogged(carriedOut)
    const result = yield* carriedOut.pipe(
      Effect.timeoutFail({
        duration: type === `${prefix}action.run` ? patienceOfActions : patience,
        onTimeout: () => new TookTooLong(),
      }),
      Effect.match({
        onSuccess: (data) => ({ message_id, success: true, data: data ?? {} }),
        onFailure: (error) => ({ message_id, success: false, error: error.message }),
      }),
    )
    yield* send({ type: `${prefix}command-result`, payload: result })
  })

export type Needs =
  | BridgeHost
  | CreatedFeatures
  | HistoryImport
  | HostApi
  | LastRefusal
  | Publisher
  | Settings

type Command = (
  payload: Answer,
  onChange: Effect.Effect<void>,
) => Effect.Effect<Answer | void, { readonly message: string }, Needs>

const on =
  <A, I>(
    schema: Schema.Schema<A, I>,
    act: (payload: A, onChange: Effect.Effect<void>) => ReturnType<Command>,
  ): Command =>
  (payload, onChange) =>
    Schema.decodeUnknown(schema)(payload).pipe(
      Effect.mapError(() => new CommandFailed({ message: "Gladys sent this command in an unknown form." })),
      Effect.flatMap((decoded) => act(decoded, onChange)),
    )

const fails = (message: string) => () => Effect.fail(new CommandFailed({ message }))

const unknownCommand = (type: string): Command => fails(`This integration does not know ${type}.`)

const created = ({ device }: typeof OfDevice.Type) =>
  Effect.gen(function* () {
    yield* (yield* CreatedFeatures).add(device)
    yield* publishCurrent
    const { historyDays } = yield* (yield* Settings).get
    yield* (yield* HistoryImport).want(reachOf(historyDays))
  })

const commands = new Map(
  Object.entries<Command>({
    "scan-request": () => Effect.zipRight(refresh(null), discover),
    "device-created": on(OfDevice, created),
    "device-updated": on(OfDevice, created),
    "device-deleted": on(OfDevice, ({ device }) =>
      Effect.flatMap(CreatedFeatures, (features) => features.remove(device)),
    ),
    // The language and the choice of values change which devices are offered, too.
    "config-updated": on(Updated, ({ config }, onChange) =>
      applyConfig(config).pipe(Effect.zipRight(discover), Effect.zipRight(onChange)),
    ),
    "oauth.get-authorize-url": on(AuthorizeUrl, ({ redirect_uri }, onChange) =>
      explained(authorizeUrl(redirect_uri), onChange),
    ),
    "oauth.callback": on(Callback, (callback, onChange) => explained(signedInWith(callback), onChange)),
    "action.run": on(ActionRun, (run, onChange) =>
      Effect.zipLeft(runAction(run), Effect.forkDaemon(onChange)),
    ),
    "scene-action.run": on(ActionRun, ({ key }) =>
      key === "sync_now"
        ? Effect.as(refresh(null), { outputs: {} })
        : new CommandFailed({ message: `This integration has no scene action ${key}.` }),
    ),
    "widget.get": on(WidgetGet, ({ key, settings }) => widget(key, settings.person?.trim() ?? "")),
    "device.poll": () => refresh(null),
    "webhook.received": on(Received, receive),
    "webhook-updated": () =>
      Effect.gen(function* () {
        yield* (yield* BridgeHost).configure({ relayedWebhook: yield* relayedWebhook })
      }),
    "device.set-value": fails("Withings devices are read-only."),
  }),
)

/** Takes over Gladys' configuration, with at most one restart of the core. */
export const applyConfig = (config: Answer, change: Partial<Credentials> = {}) =>
  Effect.gen(function* () {
    const { clientId, clientSecret, persons } = yield* (yield* Settings).take(config)
    yield* (yield* BridgeHost).configure({ clientId, clientSecret, profiles: persons, ...change })
  })

/** Only essential values are imported further back than 90 days, unless the user asks for more. */
export const reachOf = (days: number) => ({ essential: days, others: Math.min(days, 90) })

/** Keeps the reason of a failed sign-in for the log and the status: Gladys' page does not show it. */
const explained = <A, E extends { readonly message: string }, R>(
  signIn: Effect.Effect<A, E, R>,
  onChange: Effect.Effect<void>,
) =>
  Effect.gen(function* () {
    const refusal = yield* LastRefusal
    return yield* signIn.pipe(
      // Earlier than the command itself: an interruption would have no reason to show.
      Effect.timeoutFail({ duration: patienceOfSignIn, onTimeout: () => new TookTooLong() }),
      Effect.tapBoth({ onSuccess: () => refusal.clear, onFailure: (error) => refusal.keep(error) }),
      // The status may take longer than Gladys waits for the answer.
      Effect.ensuring(Effect.forkDaemon(onChange)),
    )
  })

const widget = (key: string, person: string) =>
  Effect.gen(function* () {
    const content = toWidget(yield* household, key, person)
    if (content !== null) return { content }
    return yield* new CommandFailed({ message: `This integration has no widget ${key}.` })
  })

const authorizeUrl = (callbackUrl: string) =>
  Effect.gen(function* () {
    yield* (yield* BridgeHost).configure({ callbackUrl })
    const { persons } = yield* household
    const next = nextToSignIn(persons, (yield* (yield* Settings).get).persons)
    const started = yield* startSignIn(next ?? undefined)
    return { authorize_url: started.authorizeUrl }
  })

const signedInWith = ({ code, state, redirect_uri }: typeof Callback.Type) =>
  Effect.gen(function* () {
    // The core may have been restarted since: configure the address again.
    yield* (yield* BridgeHost).configure({ callbackUrl: redirect_uri })
    yield* finishSignIn(redirect_uri, code, state)
  })
