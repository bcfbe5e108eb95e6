import { parseArgs } from "node:util"
import {
  ConfigError,
  type Language,
  languages,
  type PartSources,
  readPart,
  readSection,
  settingReaders,
} from "@withings-bridge/core"
import { Redacted } from "effect"

/** The settings of this app. Those of Withings belong to the core. */
export interface GladysConfig extends GladysSettings {
  /** Replace the API key. */
  readonly newApiKey: boolean
  /** Set by Gladys when it runs this app as an external integration; null: this is the HTTP bridge. */
  readonly integration: IntegrationConfig | null
}

/** The settings of the HTTP bridge. */
export interface GladysSettings {
  readonly host: string
  readonly port: number
  readonly language: Language
}

export interface IntegrationConfig {
  readonly url: string
  readonly token: Redacted.Redacted
  /** "ext-<owner>-<repository>" or "ext-dev-<name>". */
  readonly selector: string
}

const { oneOf, text, wholeNumber } = settingReaders

/** The section `gladys` of config.yaml. */
export const table = {
  host: {
    env: "WITHINGS_GLADYS_HOST",
    wanted: "a host name or address to listen on, such as 0.0.0.0 for the whole network",
    read: text,
    about: "where the HTTP bridge listens; `0.0.0.0` for other machines, too",
    usual: "`127.0.0.1`",
  },
  port: {
    env: "WITHINGS_GLADYS_PORT",
    wanted: "a port, 0 to 65535",
    read: wholeNumber(0, 65_535),
    about: "its port",
    usual: "`8765`",
  },
  language: {
    env: "WITHINGS_GLADYS_LANGUAGE",
    wanted: "en or fr",
    read: oneOf(languages),
    about: "language of the names: `en` or `fr`",
    usual: "`en`",
  },
}

const defaultPort = 8765

export const readSettings = ({ env, file, flags = {} }: PartSources) => {
  const { mistakes, values } = readSection(table, { section: "gladys", file, env, flags })
  const settings: GladysSettings = {
    host: values.host ?? "127.0.0.1",
    port: values.port ?? defaultPort,
    language: values.language ?? "en",
  }
  return { settings, mistakes }
}

type Env = Readonly<Record<string, string | undefined>>

/** What Gladys sets for an external integration; null: this is the HTTP bridge. */
const integrationIn = (env: Env): IntegrationConfig | null => {
  const token = env["GLADYS_INTEGRATION_TOKEN"]
  if (!token) return null
  return {
    url: (env["GLADYS_HOST_API_URL"] ?? "http://localhost:80").replace(/\/$/, ""),
    token: Redacted.make(token),
    selector: env["GLADYS_INTEGRATION_SELECTOR"] ?? "ext-dev-withings",
  }
}

/**
 * Arguments win over the environment, that over config.yaml: `--port 9000`, `--host 0.0.0.0`, `--language fr`,
 * `--new-api-key`. Throws a {@link SettingsError} or a {@link ConfigError}.
 */
export const loadGladysConfig = (args: ReadonlyArray<string>, folder: string, env: Env): GladysConfig => {
  const { "new-api-key": newApiKey = false, ...flags } = parse(args)
  const part = { name: "gladys", settings: { table, read: readSettings } }
  const { mistakes, settings } = readPart(part, { folder, env, flags })
  if (mistakes.length > 0) throw new ConfigError({ mistakes })
  return { ...settings, newApiKey, integration: integrationIn(env) }
}

/** The arguments cannot be parsed. */
class SettingsError extends Error {
  readonly _tag = "SettingsError"
}

const parse = (args: ReadonlyArray<string>) => {
  const typed = { type: "string" } as const
  try {
    return parseArgs({
      args: [...args],
      options: { host: typed, port: typed, language: typed, "new-api-key": { type: "boolean" } },
    }).values
  } catch (error) {
    throw new SettingsError(`${error instanceof Error ? error.message : error}. ${usage}`)
  }
}

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

The same settings can stand under "gladys:" in config.yaml. WITHINGS_BRIDGE_HOME chooses the folder of the sign-in and
the history, ~/.withings-bridge unless set.
`
