import { Config, ConfigError, Context, Either, Layer, Option, Redacted, Schema } from "effect"
import type { BridgeConfig } from "@withings-bridge/core"
import { readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"

/** An application at developer.withings.com: its quota, its callback and its webhooks are its own. */
export interface Application {
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
}

export interface HubConfig {
  /** Holds the file `key`, unless WITHINGS_BRIDGE_KEY is set; with several runners set that. */
  readonly home: string
  /** postgres://user:password@host/name */
  readonly store: Redacted.Redacted
  /** Where families, homes and Withings reach the hub; https and a domain name, as Withings asks. */
  readonly publicUrl: string
  readonly http: { readonly host: string; readonly port: number }
  /** Where the other runners reach this one. Not for the Internet. */
  readonly runner: { readonly host: string; readonly port: number }
  /** Lets the operator make and delete households. */
  readonly adminKey: Redacted.Redacted
  readonly applications: ReadonlyArray<Application>
  readonly accountUrl: string
  readonly apiUrl: string
  /** Seconds that a runner has to hand over its work after a signal. */
  readonly endsWithin: number
}

export class Hub extends Context.Tag("withings-hub/HubConfig")<Hub, HubConfig>() {
  static readonly layer = (config: HubConfig): Layer.Layer<Hub> => Layer.succeed(Hub, config)
}

/** What the cores of all households have in common. They choose an application each. */
export const configWithoutApplication = ({ accountUrl, apiUrl, home }: HubConfig): BridgeConfig => ({
  home,
  clientId: "",
  clientSecret: Redacted.make(""),
  callbackUrl: "",
  profiles: [],
  accountUrl,
  apiUrl,
  pollEvery: 300,
  webhook: null,
})

const Applications = Schema.parseJson(
  Schema.NonEmptyArray(
    Schema.Struct({ client_id: Schema.NonEmptyString, client_secret: Schema.NonEmptyString }),
  ),
)

const wanted = 'a JSON list [{"client_id": "…", "client_secret": "…"}], or the path of a file with one'

/** The list itself, or the path of a file with it. Errors must not repeat it: it contains secrets. */
const readApplications = (value: Redacted.Redacted): Option.Option<ReadonlyArray<Application>> => {
  const text = Redacted.value(value)
  try {
    const json = text.trimStart().startsWith("[") ? text : readFileSync(text, "utf8")
    return Option.map(Schema.decodeUnknownOption(Applications)(json), (all) =>
      all.map(({ client_id, client_secret }) => ({
        clientId: client_id,
        clientSecret: Redacted.make(client_secret),
      })),
    )
  } catch {
    return Option.none()
  }
}

const applications = Config.mapOrFail(Config.redacted("APPLICATIONS"), (value) =>
  Either.fromOption(readApplications(value), () => ConfigError.InvalidData([], `wanted: ${wanted}`)),
)

const longEnough = Config.validate({
  message: "at least 24 characters, chosen at random",
  validation: (key: Redacted.Redacted) => Redacted.value(key).length >= 24,
})

/** From variables that begin with WITHINGS_HUB_. */
export const hubConfig: Config.Config<HubConfig> = Config.all({
  home: Config.withDefault(Config.nonEmptyString("HOME_FOLDER"), join(homedir(), ".withings-hub")),
  store: Config.redacted("STORE"),
  publicUrl: Config.map(Config.url("PUBLIC_URL"), ({ href }) => href.replace(/\/+$/u, "")),
  http: Config.all({
    host: Config.withDefault(Config.nonEmptyString("HTTP_HOST"), "127.0.0.1"),
    port: Config.withDefault(Config.port("HTTP_PORT"), 8470),
  }),
  runner: Config.all({
    host: Config.withDefault(Config.nonEmptyString("RUNNER_HOST"), "127.0.0.1"),
    port: Config.withDefault(Config.port("RUNNER_PORT"), 8471),
  }),
  adminKey: longEnough(Config.redacted("ADMIN_KEY")),
  applications,
  accountUrl: Config.withDefault(Config.nonEmptyString("ACCOUNT_URL"), "https://account.withings.com"),
  apiUrl: Config.withDefault(Config.nonEmptyString("API_URL"), "https://wbsapi.withings.net"),
  endsWithin: Config.withDefault(Config.integer("ENDS_WITHIN"), 20),
}).pipe(Config.nested("WITHINGS_HUB"))
