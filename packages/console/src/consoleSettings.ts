import {
  ConfigError,
  configSection,
  type ConfigMistake,
  readSection,
  settingReaders,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { ConsoleOptions } from "./server/ConsoleOptions.ts"

const { text, url, wholeNumber } = settingReaders

/** The section `console` of config.yaml. */
const consoleTable = {
  host: {
    env: "WITHINGS_CONSOLE_HOST",
    wanted: "a host name or address to listen on, such as 0.0.0.0 for the whole network",
    read: text,
  },
  port: { env: "WITHINGS_CONSOLE_PORT", wanted: "a port, 0 to 65535", read: wholeNumber(0, 65_535) },
  public_url: {
    env: "WITHINGS_CONSOLE_PUBLIC_URL",
    wanted: "the address of the console behind a reverse proxy, such as https://bridge.example",
    read: url,
  },
}

type Env = Readonly<Record<string, string | undefined>>

const read = (home: string, env: Env) => {
  const path = join(home, "config.yaml")
  const content = existsSync(path) ? readFileSync(path, "utf8") : ""
  return readSection(consoleTable, {
    section: "console",
    file: configSection(path, content, "console"),
    env,
  })
}

/** What is wrong with the settings of the console. */
export const consoleMistakes = (home: string, env: Env): ReadonlyArray<ConfigMistake> =>
  read(home, env).mistakes

/** Where the console listens, by the environment and `config.yaml`. */
export const consoleSettings = (
  home: string,
  env: Env,
): Effect.Effect<Pick<ConsoleOptions, "host" | "port" | "publicUrl">, ConfigError> =>
  Effect.suspend(() => {
    const { mistakes, values } = read(home, env)
    return mistakes.length > 0
      ? Effect.fail(new ConfigError({ mistakes }))
      : Effect.succeed({
          host: values.host ?? "127.0.0.1",
          port: values.port ?? 7332,
          publicUrl: values.public_url,
        })
  })
