import { Context, Effect, Layer, Redacted } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ConfigError } from "./config/ConfigError.ts"
import {
  type ConfigMistake,
  flatten,
  isSettingKey,
  readSettings,
  type SettingSource,
} from "./config/readSettings.ts"
import { settings, settingKeys } from "./config/settings.ts"
import type { ShownValues } from "./measure/essential.ts"
import type { Guideline } from "./insight/bloodPressure.ts"
import type { WeightRange } from "./measure/weightRange.ts"
import type { BedChoices } from "./rule/BedChoices.ts"
import type { Rule } from "./rule/Rule.ts"
import { findHome, homePath, writableHome } from "./HomeFolder.ts"

/** The configuration of the core, the same in every app. */
export interface BridgeConfig {
  /** Folder that all processes of a household share: the store, the key, `config.yaml`. */
  readonly home: string
  /** Of the household's application at developer.withings.com; empty when it has none, see `dataSource`. */
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** As registered in the Withings developer application. */
  readonly callbackUrl: string
  /** Names of the persons, in the order they are expected to sign in. */
  readonly profiles: ReadonlyArray<string>
  /** https://account.withings.com and https://wbsapi.withings.net, or a simulator. */
  readonly accountUrl: string
  readonly apiUrl: string
  /** Seconds between two polls of a feed. */
  readonly pollEvery: number
  /** Days for which the minutes of days and nights are kept; 0: they are not read at all. Default 2. */
  readonly intradayDays?: number
  /** Days for which homes keep a device that Withings no longer lists. Default 7. */
  readonly keepMissingDays?: number
  /** How much homes show of each device; an app's own configuration may say otherwise for that home. */
  readonly values?: ShownValues
  /** By which guideline weekly blood pressure is classed. */
  readonly guideline?: Guideline
  /** Delays of beds, and what homes show while nothing is known of one. */
  readonly beds?: BedChoices
  /** Seconds after which what happened is history and presses no button any more. Default 600. */
  readonly announceWithin?: number
  /** Rules of the app's own configuration; `HouseholdRules` adds those of `config.yaml`. */
  readonly rules?: ReadonlyArray<Rule>
  /** Weights by which a weighing that Withings could not attribute is taken for one person's. */
  readonly weightRanges?: ReadonlyArray<WeightRange>
  /** Sign the requests for tokens with a nonce rather than send the client secret along. */
  readonly signRequests?: boolean
  /** null: no webhooks. Then everything except presence in bed comes by polling. */
  readonly webhook: WebhookConfig | null
  /** Where someone else receives webhooks for the app, which hands them in through `RelayedWebhooks`. */
  readonly relayedWebhook?: RelayedWebhook | null
  /** Address of a PostgreSQL database, which may hold a password; left out: a file in the home folder. */
  readonly store?: Redacted.Redacted
  /** Address of an OpenTelemetry collector (OTLP over HTTP); left out: nothing is sent. */
  readonly telemetry?: string
  /** A hub to follow instead of Withings: then the home needs no account, no address and no store. */
  readonly hub?: HubAddress
  /** SQLite page cache in kB; 2000 unless set. Lower it where memory is short. */
  readonly storeCacheKilobytes?: number
}

/** A hub that reads Withings for this household. */
export interface HubAddress {
  /** https://hub.example.org */
  readonly url: string
  /** The key that the hub's operator, or an invitation, gave to this household. */
  readonly key: Redacted.Redacted
}

export interface RelayedWebhook {
  /** The whole address that Withings is to call. */
  readonly callbackUrl: string
  /** Suffix of every callback URL we ever registered; identifies our old subscriptions. */
  readonly ending: string
}

/** Intraday data is bulky: two days are about 10,000 rows for someone with a watch and a sleep mat. */
export const defaultIntradayDays = 2

/** A scale that was offline for a day must not switch the light on today. Seconds. */
export const defaultAnnounceWithin = 600

/** Generous, because a device that a home removes loses its room and its automations. */
export const defaultKeepMissingDays = 7

export interface WebhookConfig {
  /** Where Withings reaches the receiver from outside; the secret path is appended. */
  readonly publicUrl: string
  readonly host: string
  readonly port: number
}

export interface LoadOptions {
  /** Chosen by the app; else WITHINGS_BRIDGE_HOME, else `~/.withings-bridge`. */
  readonly home?: string | undefined
  /** false: do not create a missing folder, for read-only commands. */
  readonly makeHome?: boolean
  /** Settings of the app's configuration, by the keys of the section `withings`. They win over all others. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** Rules of the app's configuration, in addition to those of `config.yaml`. */
  readonly rules?: ReadonlyArray<Rule> | undefined
  /** What messages call that configuration: "Homebridge's config.json". */
  readonly settingsName?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Reads the app's own settings, the environment and `config.yaml`, in this order of precedence. */
const loadWith = (options: LoadOptions): Effect.Effect<BridgeConfig, ConfigError> =>
  Effect.gen(function* () {
    const env = options.env ?? process.env
    const wanted = homePath(options.home, env)
    const home = options.makeHome === false && !existsSync(wanted) ? wanted : yield* findHome(wanted)
    const file = yield* fileSettings(join(home, "config.yaml"))
    const app: SettingSource = {
      name: options.settingsName ?? "the app's configuration",
      entries: flatten(options.settings ?? {}),
      nameOf: (key) => key,
    }
    const { values, mistakes } = readSettings([app, environment(env), file.source])
    const all = [...file.mistakes, ...mistakes]
    if (all.length > 0) return yield* new ConfigError({ mistakes: all })
    // With PostgreSQL the home folder may be read-only: everything can come from the environment.
    if (options.makeHome !== false && values.store === undefined) yield* writableHome(home)
    const publicUrl = values["webhook.public_url"]
    const [hubUrl, hubKey] = [values["hub.url"], values["hub.key"]]
    if ((hubUrl === undefined) !== (hubKey === undefined))
      return yield* ConfigError.one("the configuration", "hub", "only one of url and key", {
        wanted: "both hub.url and hub.key, as the hub's invitation gives them",
      })
    return {
      home,
      clientId: values.client_id ?? "",
      clientSecret: Redacted.make(values.client_secret ?? ""),
      callbackUrl: values.callback_url ?? "http://localhost:7333/callback",
      profiles: values.profiles ?? [],
      accountUrl: values.account_url ?? "https://account.withings.com",
      apiUrl: values.api_url ?? "https://wbsapi.withings.net",
      pollEvery: values.poll_every ?? 300,
      intradayDays: values.intraday_days ?? defaultIntradayDays,
      keepMissingDays: values.keep_missing_days ?? defaultKeepMissingDays,
      values: values.values ?? "essential",
      guideline: values.blood_pressure_guideline ?? "esc-2024",
      beds: {
        occupiedAfter: values.bed_occupied_after ?? 0,
        clearAfter: values.bed_clear_after ?? 0,
        unknown: values.bed_unknown ?? "unknown",
        own: values.beds ?? [],
      },
      announceWithin: (values.announce_within ?? defaultAnnounceWithin / 60) * 60,
      rules: options.rules ?? [],
      weightRanges: values.weight_ranges ?? [],
      signRequests: values.sign_requests ?? false,
      ...(hubUrl === undefined || hubKey === undefined
        ? {}
        : { hub: { url: hubUrl, key: Redacted.make(hubKey) } }),
      ...(values.store === undefined ? {} : { store: Redacted.make(values.store) }),
      ...(values.telemetry === undefined ? {} : { telemetry: values.telemetry }),
      webhook:
        publicUrl === undefined
          ? null
          : { publicUrl, host: values["webhook.host"] ?? "127.0.0.1", port: values["webhook.port"] ?? 7334 },
    }
  })

const tag = Context.GenericTag<BridgeConfig>("@withings-bridge/core/BridgeConfig")

export const BridgeConfig = Object.assign(tag, {
  /** From the environment and `config.yaml` alone. */
  load: Effect.suspend(() => loadWith({})),
  loadWith,
  layer: (config: BridgeConfig): Layer.Layer<BridgeConfig> => Layer.succeed(tag, config),
})

interface ConfigFile {
  readonly source: SettingSource
  readonly mistakes: ReadonlyArray<ConfigMistake>
}

/** Most homes set everything in their app: the YAML parser is loaded only where there is a file. */
const fileSettings = (path: string): Effect.Effect<ConfigFile, ConfigError> =>
  existsSync(path)
    ? Effect.tryPromise({
        try: async () => {
          const { readConfigFile } = await import("./config/configFile.ts")
          return readConfigFile(path, readFileSync(path, "utf8"))
        },
        catch: ConfigError.ofFile(path, "a file that this user may read"),
      })
    : Effect.succeed({ source: { name: path, entries: [], nameOf: (key) => key }, mistakes: [] })

const environment = (env: Readonly<Record<string, string | undefined>>): SettingSource => ({
  name: "the environment",
  entries: settingKeys.map((key) => ({ key, value: env[settings[key].env], line: null })),
  nameOf: (key) => (isSettingKey(key) ? settings[key].env : key),
})
