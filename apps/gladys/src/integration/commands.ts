import { HouseholdFeed, SignIn } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { BridgeHost, type Credentials } from "../BridgeHost.ts"
import { Refresh } from "../Refresh.ts"
import { diagnosis } from "./diagnosis.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { CreatedDevice, type HostApi } from "./HostApi.ts"
import type { HostMessage, Send } from "./HostSocket.ts"
import { connectionWorks, importStarted, nobodySignedIn, nothingToImport, syncAsked } from "./messages.ts"
import { Publisher } from "./Publisher.ts"
import { Settings } from "./Settings.ts"
import { Received, receive, relayedWebhook, webhookStanding } from "./webhooks.ts"

const AuthorizeUrl = Schema.Struct({ redirect_uri: Schema.String })
const Callback = Schema.Struct({ code: Schema.String, state: Schema.String, redirect_uri: Schema.String })
const OfDevice = Schema.Struct({ device: CreatedDevice })
const Run = Schema.Struct({
  key: Schema.String,
  fields: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), {
    default: () => ({}),
  }),
})

/** What answers a command: `data` of its result. */
type Answer = Readonly<Record<string, unknown>>

/** Why a command was not carried out, for the user. */
class CommandFailed extends Schema.TaggedError<CommandFailed>()("CommandFailed", {
  message: Schema.String,
}) {}

/** Gladys gives up on a command after five seconds; the answer has to travel, too. */
const patience = "4500 millis"

const prefix = "external-integration."

/** Carries out one command of Gladys', and answers it where an answer is awaited. */
export const carryOut = (message: HostMessage, send: Send, onChange: Effect.Effect<void>) =>
  Effect.gen(function* () {
    const { message_id, ...payload } = message.payload
    const command = commandOf(message.type, payload, onChange)
    if (typeof message_id !== "string") return yield* Effect.ignoreLogged(command)
    const result = yield* command.pipe(
      Effect.timeoutFail({
        duration: patience,
        onTimeout: () => new CommandFailed({ message: "Withings took too long to answer. Try again." }),
      }),
      Effect.match({
        onSuccess: (data) => ({ message_id, success: true, data }),
        onFailure: (error) => ({ message_id, success: false, error: error.message }),
      }),
    )
    yield* send({ type: `${prefix}command-result`, payload: result })
  })

type Needs = BridgeHost | HostApi | Publisher | HistoryImport | Settings

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
        Effect.zipRight(onChange),
        Effect.as({}),
      )
    case "oauth.get-authorize-url":
      return Effect.flatMap(decode(AuthorizeUrl, payload), ({ redirect_uri }) => authorizeUrl(redirect_uri))
    case "oauth.callback":
      return Effect.flatMap(decode(Callback, payload), finishSignIn).pipe(Effect.zipLeft(onChange))
    case "action.run":
      return Effect.flatMap(decode(Run, payload), runAction)
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

const refresh = Effect.flatMap(BridgeHost, (host) =>
  host.use(Effect.flatMap(Refresh, (sync) => sync.now(null))),
)

const household = Effect.flatMap(BridgeHost, (host) =>
  host.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current)),
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
    yield* (yield* HistoryImport).want(historyDays)
    return {}
  })

const authorizeUrl = (callbackUrl: string) =>
  Effect.gen(function* () {
    const host = yield* BridgeHost
    yield* host.configure({ callbackUrl })
    const { persons } = yield* household
    const signedIn = new Set(
      persons.flatMap(({ name, standing }) => (standing.state === "signed-in" ? [name] : [])),
    )
    const next = (yield* (yield* Settings).get).persons.find((name) => !signedIn.has(name))
    const options = next === undefined ? {} : { personName: next }
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

const runAction = ({
  key,
  fields,
}: typeof Run.Type): Effect.Effect<Answer, { readonly message: string }, Needs> => {
  switch (key) {
    case "sync_now":
      return Effect.as(refresh, { message: syncAsked })
    case "import_history":
      return Effect.gen(function* () {
        const { historyDays } = yield* (yield* Settings).get
        const days = typeof fields["days"] === "number" ? fields["days"] : historyDays
        const progress = yield* (yield* HistoryImport).want(days)
        return { message: progress === null ? nothingToImport : importStarted(progress) }
      })
    case "test_connection":
      return Effect.gen(function* () {
        yield* refresh
        const signedIn = (yield* household).persons.filter(({ standing }) => standing.state === "signed-in")
        return { message: signedIn.length === 0 ? nobodySignedIn : connectionWorks(signedIn) }
      })
    case "diagnose":
      return Effect.gen(function* () {
        const progress = yield* (yield* HistoryImport).progress
        const pairings = yield* (yield* Publisher).createdPairings
        return { message: diagnosis(yield* household, pairings.length, progress, yield* webhookStanding) }
      })
    default:
      return Effect.fail(new CommandFailed({ message: `This integration has no action ${key}.` }))
  }
}
