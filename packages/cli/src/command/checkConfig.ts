import process from "node:process"
import { Command } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { BridgeConfig, ConfigError } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { green, red } from "../terminal/style.ts"
import { home, json } from "./home.ts"

/** What core takes for "not filled in yet", and what it leaves to an app. */
const othersIn = (home: string) =>
  Effect.gen(function* () {
    const path = `${home}/config.yaml`
    const text = yield* (yield* FileSystem.FileSystem).readFileString(path)
    const at = text
      .split("\n")
      .findIndex((line) => /^\s+["']?client_secret["']?:\s*(""|'')?\s*(#.*)?$/u.test(line))
    const isUnfilled = at >= 0 && !process.env["WITHINGS_CLIENT_SECRET"]
    const hasMatter = /^matter:/mu.test(text)
    const mistakes: ReadonlyArray<ConfigError["mistakes"][number]> = isUnfilled
      ? [
          {
            source: path,
            line: at + 1,
            key: "withings.client_secret",
            found: "nothing",
            wanted: "the client secret",
          },
        ]
      : []
    return { mistakes, hasMatter }
  }).pipe(Effect.orElseSucceed(() => ({ mistakes: [], hasMatter: false })))

const tellWhatAppsCheck = (home: string) =>
  Effect.flatMap(othersIn(home), ({ hasMatter }) =>
    hasMatter
      ? Console.error(
          "  The section `matter` is read by withings-matter, which tells its mistakes at its start.",
        )
      : Effect.void,
  )

const count = (mistakes: number) => (mistakes === 1 ? "One mistake" : `${mistakes} mistakes`)

export const checkConfig = Command.make("check-config", { home, json }, ({ home, json }) =>
  BridgeConfig.loadWith({ home }).pipe(
    Effect.tap(() =>
      Effect.flatMap(othersIn(home), ({ mistakes }) =>
        mistakes.length > 0 ? Effect.fail(new ConfigError({ mistakes })) : Effect.void,
      ),
    ),
    Effect.flatMap((config) =>
      answer(
        json,
        { valid: true, mistakes: [], persons: config.profiles, callbackUrl: config.callbackUrl },
        () =>
          config.clientId === ""
            ? "Nothing is set up yet: run `withings-bridge init`."
            : [
                `${green("✓")} The configuration is in order.`,
                `  Persons       ${config.profiles.join(", ") || "none named; each sign-in adds one"}`,
                `  Callback URL  ${config.callbackUrl}`,
                `  Webhooks      ${config.webhook?.publicUrl ?? "none: new measures come by polling"}`,
              ].join("\n"),
      ),
    ),
    Effect.tap(() => (json ? Effect.void : tellWhatAppsCheck(home))),
    Effect.catchTag("ConfigError", (error) =>
      Effect.gen(function* () {
        const { mistakes: unfilled } = yield* othersIn(home)
        const mistakes = [
          ...error.mistakes,
          ...unfilled.filter(({ key }) => !error.mistakes.some((each) => each.key === key)),
        ]
        if (json) yield* Console.log(JSON.stringify({ valid: false, mistakes }, null, 2))
        else
          for (const { found, key, line, source, wanted } of mistakes)
            yield* Console.error(
              `${red("✗")} ${source}${line === null ? "" : `, line ${line}`}: ${key}\n    found   ${found}\n    wanted  ${wanted}`,
            )
        if (!json) yield* tellWhatAppsCheck(home)
        return yield* new CommandError({ message: `${count(mistakes.length)} to mend in the configuration.` })
      }),
    ),
  ),
).pipe(Command.withDescription("Tells every mistake in config.yaml and the environment at once"))
