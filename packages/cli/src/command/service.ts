import { homedir } from "node:os"
import { dirname } from "node:path"
import process from "node:process"
import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import type { Home } from "@withings-bridge/core"
import { Effect } from "effect"
import { askedParts, partOptions } from "../app/parts.ts"
import { CommandError } from "../CommandError.ts"
import { chosenEnvironment } from "../service/chosenEnvironment.ts"
import { persistentNode } from "../service/persistentNode.ts"
import { serviceFileFor } from "../service/serviceFileFor.ts"
import { answer } from "../terminal/answer.ts"
import { bold, yellow } from "../terminal/style.ts"
import { home, json } from "./home.ts"

const print = Options.boolean("print").pipe(
  Options.withDescription("Show the service file instead of writing it"),
)

const vanishing = (path: string) =>
  `${path} may vanish with the next update of Node. Install Node from your system's packages, or run this again after each update.`

const unsaved = (secrets: ReadonlyArray<string>) =>
  `${secrets.join(", ")} is set in this terminal only. A service file is no place for secrets: put it into config.yaml.`

const install = (homes: ReadonlyArray<Home>) =>
  Command.make("install", { asked: partOptions(homes), home, json, print }, ({ asked, home, json, print }) =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const parts = yield* askedParts(homes, asked)
      const node = persistentNode(process.env["PATH"] ?? "", process.execPath)
      const { env, secrets } = chosenEnvironment(process.env)
      const service = {
        node: node.path,
        script: yield* files.realPath(process.argv[1] ?? ""),
        home,
        env,
        options: parts.map(({ name }) => `--${name}`),
      }
      const file = serviceFileFor(service, {
        platform: process.platform,
        user: homedir(),
        config: process.env["XDG_CONFIG_HOME"],
      })
      if (file === null)
        return yield* new CommandError(
          "service-unknown",
          `No service manager is known for ${process.platform}. Make yours run: withings-bridge run ${service.options.join(" ")} --home '${home}'`,
        )
      if (print) return yield* answer(json, { unit: file.content }, () => file.content.trimEnd())
      yield* files.makeDirectory(dirname(file.path), { recursive: true })
      yield* files.writeFileString(file.path, file.content, { mode: 0o600 })
      const warnings = [
        ...(node.mayVanish ? [vanishing(node.path)] : []),
        ...(secrets.length > 0 ? [unsaved(secrets)] : []),
      ]
      yield* answer(json, { path: file.path, next: file.next, warnings }, () =>
        [
          `Written: ${file.path}`,
          ...warnings.map((text) => `${yellow("!")} ${text}`),
          `${bold("Now")} start it, now and at every boot:`,
          ...file.next.map((line) => `  ${line}`),
          ...(asked["console"] ? ["Then open the console: withings-bridge console"] : []),
        ].join("\n"),
      )
    }),
  ).pipe(
    Command.withDescription(
      "Writes a service file for this user that runs the apps (systemd, launchd, Windows): service install --matter",
    ),
  )

export const service = (homes: ReadonlyArray<Home>) =>
  Command.make("service").pipe(Command.withSubcommands([install(homes)]))
