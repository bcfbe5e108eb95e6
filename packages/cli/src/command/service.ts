import { homedir } from "node:os"
import { dirname, join } from "node:path"
import process from "node:process"
import { Command, Options } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import { answer } from "../terminal/answer.ts"
import { bold } from "../terminal/style.ts"
import { CommandError } from "../CommandError.ts"
import { home, json } from "./home.ts"
import { appOptions, chosenApps } from "./run.ts"
import { systemdUnit } from "./systemdUnit.ts"

const unitName = "withings-bridge.service"
const unitPath = () =>
  join(process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "systemd", "user", unitName)

const next = [
  "systemctl --user daemon-reload",
  "systemctl --user enable --now withings-bridge",
  'sudo loginctl enable-linger "$USER"',
]

const install = Command.make(
  "install",
  {
    ...appOptions,
    home,
    json,
    print: Options.boolean("print").pipe(Options.withDescription("Show the unit instead of writing it")),
  },
  ({ home, json, print, ...asked }) =>
    Effect.gen(function* () {
      const files = yield* FileSystem.FileSystem
      const apps = yield* chosenApps(asked)
      const unit = systemdUnit({
        node: process.execPath,
        script: yield* files.realPath(process.argv[1] ?? ""),
        home,
        options: apps.map((app) => `--${app}`),
      })
      if (print) return yield* answer(json, { unit }, () => unit.trimEnd())
      const path = unitPath()
      yield* files.makeDirectory(dirname(path), { recursive: true })
      yield* files.writeFileString(path, unit)
      yield* answer(json, { path, next }, () =>
        [
          `Written: ${path}`,
          `${bold("Now")} start it, and let it run while you are logged out:`,
          ...next.map((line) => `  ${line}`),
        ].join("\n"),
      )
    }).pipe(Effect.catchTag("SystemError", (error) => new CommandError({ message: error.message }))),
).pipe(
  Command.withDescription("Writes a systemd unit of this user that runs the apps: service install --matter"),
)

export const service = Command.make("service").pipe(
  Command.withDescription("Lets the bridge run in the background and after a restart of the machine"),
  Command.withSubcommands([install]),
)
