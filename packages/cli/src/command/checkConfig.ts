import process from "node:process"
import { Command } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { BridgeConfig, dataSource, readPart, type ConfigError, type Home } from "@withings-bridge/core"
import { Console, Effect } from "effect"
import { partsOf } from "../app/parts.ts"
import { backupMistakes } from "../backup/backupSettings.ts"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { green, red, wrap, yellow } from "../terminal/style.ts"
import { beyondCore, type BeyondCore } from "./beyondCore.ts"
import { home, json } from "./home.ts"

const showUnread = (unread: BeyondCore["unread"]) =>
  unread.length === 0
    ? Effect.void
    : Console.error(
        `${yellow("!")} ${wrap(`Nothing reads ${unread.map((name) => `\`${name}\``).join(", ")} there.`, 80, "  ").trimStart()}`,
      )

const count = (mistakes: number) => (mistakes === 1 ? "One mistake" : `${mistakes} mistakes`)

const mistakeText = ({ found, key, line, source, wanted }: ConfigError["mistakes"][number]) =>
  [
    `${red("✗")} ${source}${line === null ? "" : `, line ${line}`}: ${key}`,
    `    found   ${wrap(found, 80, " ".repeat(12)).trimStart()}`,
    `    wanted  ${wrap(wanted, 80, " ".repeat(12)).trimStart()}`,
  ].join("\n")

const inOrder = (config: BridgeConfig) => {
  const source = dataSource(config)
  if (source === null) return "Nothing is set up yet: run `withings-bridge init`."
  const { callbackUrl, profiles, webhook } = config
  const lines =
    source.kind === "hub"
      ? [`  Hub           ${source.hub.url}, which signs persons in and receives webhooks`]
      : [
          `  Persons       ${profiles.join(", ") || "none named; each sign-in adds one"}`,
          `  Callback URL  ${callbackUrl}`,
          `  Webhooks      ${webhook?.publicUrl ?? "none: new measures come by polling"}`,
        ]
  return [`${green("✓")} The configuration is in order.`, ...lines].join("\n")
}

export const checkConfig = (homes: ReadonlyArray<Home>) =>
  Command.make("check-config", { home, json }, ({ home, json }) =>
    Effect.gen(function* () {
      const parts = partsOf(homes)
      const path = `${home}/config.yaml`
      const files = yield* FileSystem.FileSystem
      const others = beyondCore(
        path,
        yield* files.readFileString(path).pipe(Effect.orElseSucceed(() => "")),
        parts.map(({ name }) => name),
        Boolean(process.env["WITHINGS_CLIENT_SECRET"]),
      )
      const { mistakes: ofCore, config } = yield* BridgeConfig.loadWith({ home, makeHome: false }).pipe(
        Effect.map((config) => ({ config, mistakes: [] })),
        Effect.catchTag("ConfigError", ({ mistakes }) => Effect.succeed({ config: null, mistakes })),
      )
      const { unread } = others
      const ofOthers = [
        ...others.mistakes,
        ...parts.flatMap((part) => readPart(part, { folder: home, env: process.env }).mistakes),
        ...backupMistakes(home, process.env),
      ]
      const mistakes = [...ofCore, ...ofOthers.filter(({ key }) => !ofCore.some((each) => each.key === key))]
      if (config !== null && mistakes.length === 0) {
        const { callbackUrl, hub, profiles: persons } = config
        const found = hub === undefined ? { persons, callbackUrl } : { hub: hub.url }
        yield* answer(json, { valid: true, mistakes, unread, ...found }, () => inOrder(config))
        return json ? undefined : yield* showUnread(unread)
      }
      if (json) yield* Console.log(JSON.stringify({ valid: false, mistakes, unread }, null, 2))
      else {
        yield* Effect.forEach(mistakes, (mistake) => Console.error(mistakeText(mistake)))
        yield* showUnread(unread)
      }
      return yield* new CommandError(
        "config-wrong",
        `${count(mistakes.length)} to mend in the configuration.`,
      )
    }),
  )
