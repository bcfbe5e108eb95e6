import { Config, type ConfigError, Effect, Option, type Redacted } from "effect"
import type { Language } from "./toGladys.ts"

/** What this app itself has to be told; everything about Withings is the core's. */
export interface GladysConfig {
  readonly host: string
  readonly port: number
  readonly language: Language
  /** Make a new API key, forget the old one. */
  readonly newApiKey: boolean
  /** Set by Gladys when it runs this as an external integration; null makes it an HTTP bridge. */
  readonly integration: IntegrationConfig | null
}

export interface IntegrationConfig {
  readonly url: string
  readonly token: Redacted.Redacted
  /** "ext-<owner>-<repository>" or "ext-dev-<name>". */
  readonly selector: string
}

const defaultPort = 8765

const fromEnvironment = Config.all({
  host: Config.withDefault(Config.string("WITHINGS_GLADYS_HOST"), "127.0.0.1"),
  port: Config.withDefault(Config.port("WITHINGS_GLADYS_PORT"), defaultPort),
  language: Config.withDefault(Config.literal("en", "fr")("WITHINGS_GLADYS_LANGUAGE"), "en"),
  token: Config.option(Config.redacted("GLADYS_INTEGRATION_TOKEN")),
  url: Config.withDefault(Config.string("GLADYS_HOST_API_URL"), "http://localhost:80"),
  selector: Config.withDefault(Config.string("GLADYS_INTEGRATION_SELECTOR"), "ext-dev-withings"),
})

/** Arguments win over the environment: `--port 9000`, `--host 0.0.0.0`, `--language fr`, `--new-api-key`. */
export const loadGladysConfig = (args: ReadonlyArray<string>): Effect.Effect<GladysConfig, SettingsError> =>
  Effect.gen(function* () {
    const set = yield* Effect.catchAll(fromEnvironment, wrongVariable)
    const given = yield* parseArguments(args)
    return {
      host: given.host ?? set.host,
      port: given.port ?? set.port,
      language: given.language ?? set.language,
      newApiKey: given.newApiKey,
      integration: Option.match(set.token, {
        onNone: () => null,
        onSome: (token) => ({ url: set.url.replace(/\/$/, ""), token, selector: set.selector }),
      }),
    }
  })

/** The others take any text. */
const wanted: Readonly<Record<string, string>> = {
  WITHINGS_GLADYS_PORT: "a port, 1 to 65535,",
  WITHINGS_GLADYS_LANGUAGE: "en or fr",
}

const wrongVariable = (error: ConfigError.ConfigError) =>
  Effect.gen(function* () {
    const name = "path" in error ? error.path.join(".") : ""
    const value = yield* Effect.orElseSucceed(Config.string(name), () => "")
    return yield* Effect.fail(new SettingsError(`${name} is "${value}": ${wanted[name]} is wanted.`))
  })

export class SettingsError extends Error {
  readonly _tag = "SettingsError"
}

interface Given {
  host?: string
  port?: number
  language?: Language
  newApiKey: boolean
}

const parseArguments = (args: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const given: Given = { newApiKey: false }
    for (let index = 0; index < args.length; index++) {
      const argument = args[index] ?? ""
      const [name, attached] = argument.split("=", 2)
      if (name === "--new-api-key") {
        given.newApiKey = true
        continue
      }
      const value = attached ?? args[++index] ?? ""
      if (name === "--host" && value !== "") given.host = value
      else if (name === "--port" && /^\d{1,5}$/.test(value) && Number(value) < 65_536)
        given.port = Number(value)
      else if (name === "--language" && (value === "en" || value === "fr")) given.language = value
      else return yield* Effect.fail(new SettingsError(`"${argument}" is not understood. ${usage}`))
    }
    return given
  })

const usage =
  "Usage: withings-gladys [--port NUMBER] [--host ADDRESS] [--language en|fr] [--new-api-key] [--help]"

export const wantsHelp = (args: ReadonlyArray<string>): boolean =>
  args.some((argument) => argument === "--help" || argument === "-h")

export const help = `Withings devices for Gladys Assistant: an HTTP bridge that speaks Gladys' own shapes.

${usage}

  --port NUMBER       where it listens (WITHINGS_GLADYS_PORT, ${defaultPort} unless set)
  --host ADDRESS      0.0.0.0 for other machines, too (WITHINGS_GLADYS_HOST, 127.0.0.1 unless set)
  --language en|fr    language of the names (WITHINGS_GLADYS_LANGUAGE, en unless set)
  --new-api-key       replace the API key in gladys/api-key of the home folder
  --help              show this

WITHINGS_BRIDGE_HOME chooses the folder of the sign-in and the history, ~/.withings-bridge unless set.
`
