import process from "node:process"
import { Command, Options } from "@effect/cli"
import { BridgeConfig, dataSource, type Home, runParts } from "@withings-bridge/core"
import { Effect, Exit, Layer, Logger } from "effect"
import { pageLog } from "../app/consoleTools.ts"
import { askedParts, partOptions, withSettings } from "../app/parts.ts"
import { backupSettings } from "../backup/backupSettings.ts"
import { keepBackups } from "../backup/keepBackups.ts"
import { hostLog } from "../host/hostLog.ts"
import { jsonPrinter, textPrinter, untilStopped } from "../host/hostPrinter.ts"
import { outliveStrayErrors, stopInTime } from "../host/outlive.ts"
import { partEvents } from "../host/partEvents.ts"
import { home } from "./home.ts"

const json = Options.boolean("json").pipe(Options.withDescription("A JSON line for each event, for scripts"))

const notSetUp = (hasConsole: boolean) =>
  hasConsole
    ? "Nothing is set up yet: enter the keys on the page Settings of the console."
    : "Nothing is set up yet: stop this, run `withings-bridge init`, then start it again."

/** Runs the requested parts in one process, over one core. */
export const run = (homes: ReadonlyArray<Home>) =>
  Command.make("run", { asked: partOptions(homes), home, json }, ({ asked, home, json }) =>
    Effect.gen(function* () {
      const parts = yield* askedParts(homes, asked)
      const tell = untilStopped(json ? jsonPrinter() : textPrinter())
      const stopped = () => tell({ type: "stopped" })
      yield* Effect.addFinalizer((exit) => Effect.sync(() => Exit.isInterrupted(exit) && stopped()))
      yield* stopInTime(stopped)
      const source = dataSource(yield* BridgeConfig.loadWith({ home }))
      const chosen = yield* withSettings(parts, home)
      tell({ type: "starting", home, apps: parts.map(({ name }) => name) })
      if (source === null) tell({ type: "hint", text: notSetUp(asked["console"] === true) })
      const backups = yield* backupSettings(home, process.env)
      if (backups !== null) yield* Effect.forkScoped(keepBackups(home, backups))
      const onEvent = partEvents(tell)
      return yield* outliveStrayErrors.pipe(
        Effect.zipRight(runParts(home, chosen, (event) => Effect.sync(() => onEvent(event)))),
        Effect.provide(Layer.merge(hostLog(parts, tell), Logger.add(pageLog.logger))),
      )
    }).pipe(Effect.scoped),
  )
