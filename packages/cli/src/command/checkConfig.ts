import { Command } from "@effect/cli"
import { BridgeConfig } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { green, red } from "../terminal/style.ts"
import { home, json } from "./home.ts"

const count = (mistakes: number) => (mistakes === 1 ? "One mistake" : `${mistakes} mistakes`)

export const checkConfig = Command.make("check-config", { home, json }, ({ home, json }) =>
  BridgeConfig.loadWith({ home }).pipe(
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
    Effect.catchTag("ConfigError", ({ mistakes }) =>
      Effect.gen(function* () {
        if (json) yield* Console.log(JSON.stringify({ valid: false, mistakes }, null, 2))
        else
          for (const { found, key, line, source, wanted } of mistakes)
            yield* Console.error(
              `${red("✗")} ${source}${line === null ? "" : `, line ${line}`}: ${key}\n    found   ${found}\n    wanted  ${wanted}`,
            )
        return yield* new CommandError({ message: `${count(mistakes.length)} to mend in the configuration.` })
      }),
    ),
  ),
).pipe(Command.withDescription("Tells every mistake in config.yaml and the environment at once"))
