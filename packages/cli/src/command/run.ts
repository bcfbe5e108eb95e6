import { Command, Options } from "@effect/cli"
import { Deferred, Effect } from "effect"
import { startApp } from "../app/AppProcess.ts"
import { consoleScript, gladysScript, matterCommand } from "../app/appFolders.ts"
import { CommandError } from "../CommandError.ts"
import { home } from "./home.ts"

const alone = Effect.map((script: string): ReadonlyArray<string> => [script])
const commands = { matter: matterCommand, gladys: alone(gladysScript), console: alone(consoleScript) }
type RunnableApp = keyof typeof commands
const titles: Readonly<Record<RunnableApp, string>> = {
  matter: "The Matter bridge",
  gladys: "The Gladys bridge",
  console: "The console",
}

export const appOptions = {
  matter: Options.boolean("matter").pipe(
    Options.withDescription("The Matter bridge, for any Matter controller"),
  ),
  gladys: Options.boolean("gladys").pipe(Options.withDescription("The HTTP bridge for Gladys Assistant")),
  console: Options.boolean("console").pipe(
    Options.withDescription("The web page: sign-in, devices, charts, on http://127.0.0.1:7332"),
  ),
}

/** At least one app must be asked for: a host of nothing would be a mistake that nobody notices. */
export const chosenApps = (
  asked: Readonly<Record<RunnableApp, boolean>>,
): Effect.Effect<ReadonlyArray<RunnableApp>, CommandError> => {
  const apps = (Object.keys(commands) as ReadonlyArray<RunnableApp>).filter((app) => asked[app])
  return apps.length > 0
    ? Effect.succeed(apps)
    : Effect.fail(
        new CommandError({
          message:
            "Say what to run: --matter, --gladys, --console. Apple Home runs in Homebridge, as its plugin.",
        }),
      )
}

export const run = Command.make("run", { ...appOptions, home }, ({ home, ...asked }) =>
  Effect.gen(function* () {
    const apps = yield* chosenApps(asked)
    const running = yield* Effect.forEach(apps, (app) =>
      Effect.gen(function* () {
        return yield* startApp({
          name: app,
          title: titles[app],
          command: yield* commands[app],
          env: { WITHINGS_BRIDGE_HOME: home },
          record: null,
        })
      }),
    ).pipe(Effect.parallelFinalizers)
    const first = yield* Effect.raceAll(
      running.map((app) => Effect.map(Deferred.await(app.ended), (how) => `${app.title} ended (${how}).`)),
    )
    // Whoever started this (systemd, a container) restarts all of it; half of it would go unnoticed.
    return yield* new CommandError({ message: `${first} Everything is stopped.` })
  }).pipe(Effect.scoped),
).pipe(Command.withDescription("Runs the apps until Ctrl-C: run --matter --console"))
