import process from "node:process"
import { Command, Options } from "@effect/cli"
import { ticketLink } from "@withings-bridge/console"
import { BridgeConfig } from "@withings-bridge/core"
import { Effect, Exit } from "effect"
import { consoleScript, gladysScript, matterCommand } from "../app/appFolders.ts"
import { reachableAddress } from "../app/reachableAddress.ts"
import { backupSettings } from "../backup/backupSettings.ts"
import { keepBackups } from "../backup/keepBackups.ts"
import { CommandError } from "../CommandError.ts"
import type { AppReady, HostedName } from "../host/appLine.ts"
import { controllersIn, tellControllers } from "../host/controllers.ts"
import { jsonPrinter, textPrinter } from "../host/hostPrinter.ts"
import { keepRunning } from "../host/keepRunning.ts"
import { home } from "./home.ts"

type Asked = Readonly<Record<HostedName, boolean>>

/** Where the Gladys bridge listens, by the settings that it reads; null when it is Gladys that it connects to. */
const gladysUrl = ({ env } = process): string | null =>
  env["GLADYS_INTEGRATION_TOKEN"]
    ? null
    : reachableAddress(env["WITHINGS_GLADYS_HOST"] ?? "127.0.0.1", env["WITHINGS_GLADYS_PORT"] ?? 8765)

/** Node's flags, script and arguments of each app. */
const commands = {
  gladys: () => Effect.map(gladysScript, (script) => [script]),
  /** The page of the homes tells where the Gladys bridge is, if it runs here. */
  console: ({ gladys }: Asked) =>
    Effect.map(consoleScript, (script) => [
      script,
      JSON.stringify(gladys ? { gladysUrl: gladysUrl() ?? undefined } : {}),
    ]),
  matter: () => matterCommand,
} satisfies Readonly<Record<HostedName, (asked: Asked) => Effect.Effect<ReadonlyArray<string>, CommandError>>>

const json = Options.boolean("json").pipe(
  Options.withDescription("One JSON object a line for everything that happens, for scripts"),
)

export const appOptions = {
  matter: Options.boolean("matter").pipe(
    Options.withDescription("The Matter bridge, for any Matter controller"),
  ),
  gladys: Options.boolean("gladys").pipe(Options.withDescription("The HTTP bridge for Gladys Assistant")),
  console: Options.boolean("console").pipe(
    Options.withDescription("The web page: sign-in, devices, charts, on http://127.0.0.1:7332"),
  ),
}

const names: ReadonlyArray<HostedName> = ["matter", "gladys", "console"]

/** At least one app must be asked for: a host of nothing would be a mistake that nobody notices. */
export const chosenApps = (asked: Asked): Effect.Effect<ReadonlyArray<HostedName>, CommandError> => {
  const apps = names.filter((name) => asked[name])
  return apps.length > 0
    ? Effect.succeed(apps)
    : Effect.fail(
        new CommandError({
          code: "usage",
          message:
            "Say what to run: --matter, --gladys, --console. Apple Home runs in Homebridge, as its plugin.",
        }),
      )
}

const notSetUp = (asked: Asked) =>
  asked.console
    ? "Nothing is set up yet: the page Settings of the console asks for the keys."
    : "Nothing is set up yet: stop this, run `withings-bridge init`, then start it again."

/**
 * What this process knows of an app that is up: the controllers of the Matter bridge, and a link that opens the console.
 * The link signs in, so it goes to a terminal only.
 */
const known = (ready: AppReady, name: HostedName, home: string, json: boolean) => {
  if (name === "matter") return { controllers: controllersIn(home) }
  if (name !== "console" || json || !process.stdout.isTTY || !("address" in ready)) return {}
  return { ready: { address: ticketLink(home, ready.address, Date.now()) } }
}

export const run = Command.make("run", { ...appOptions, home, json }, ({ home, json, ...asked }) =>
  Effect.gen(function* () {
    const apps = yield* chosenApps(asked)
    const tell = json ? jsonPrinter() : textPrinter()
    yield* Effect.addFinalizer((exit) =>
      Effect.sync(() => Exit.isInterrupted(exit) && tell({ type: "stopped" })),
    )
    // One mistake in the configuration would be told by each app.
    const { clientId } = yield* BridgeConfig.loadWith({ home })
    tell({ type: "starting", home, apps })
    if (clientId === "") tell({ type: "hint", text: notSetUp(asked) })
    const backups = yield* backupSettings(home, process.env)
    if (backups !== null) yield* Effect.forkScoped(keepBackups(home, backups))
    if (asked.matter) yield* Effect.forkScoped(tellControllers(home, tell))
    return yield* Effect.forEach(
      apps,
      (name) =>
        Effect.flatMap(commands[name](asked), (command) =>
          keepRunning({ name, command, env: { WITHINGS_BRIDGE_HOME: home } }, (event) =>
            tell(event.type === "ready" ? { ...event, ...known(event.ready, name, home, json) } : event),
          ),
        ),
      { concurrency: "unbounded", discard: true },
    )
  }).pipe(Effect.scoped),
).pipe(Command.withDescription("Runs the apps until Ctrl-C: run --matter --console"))
