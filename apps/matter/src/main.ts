import { config as matterDefaults } from "@matter/nodejs/config"
import {
  appLog,
  Bridge,
  BridgeConfig,
  ConfigError,
  configSection,
  type FileSection,
} from "@withings-bridge/core"
import { Cause, Effect, Exit, Fiber, Layer } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { release } from "./release.ts"
import { help, homeOf, type Invocation, parseInvocation } from "./invocation.ts"
import { type Settings, settings } from "./settings.ts"

/** matter.js may wait for controllers that are gone; whoever stops the bridge does not. */
const closeWithin = 1_800

// matter.js reads flags and traps signals unless told otherwise before it is loaded.
matterDefaults.loadProcessArgv = false
matterDefaults.loadConfigFile = false
matterDefaults.trapProcessSignals = false
matterDefaults.trapUnhandledErrors = false
matterDefaults.setProcessExitCodeOnError = false

const main = async (): Promise<number> => {
  const invocation = parseInvocation(process.argv.slice(2))
  if (invocation.help) return print(help)
  if (invocation.version) return print(release)
  const home = homeOf(invocation, process.env)
  matterDefaults.defaultStoragePath = join(home, "matter")
  if (invocation.command === "check") return check(invocation, home)
  if (invocation.command !== "serve") {
    const { runCommand } = await import("./commands.ts")
    return print(await runCommand(invocation, join(home, "matter")))
  }
  const { mistakes, settings: chosen } = settings(invocation, process.env, matterSection(home))
  return mistakes.length > 0 ? complain(new ConfigError({ mistakes })) : run(chosen)
}

/** `withings-bridge check-config` asks this too, as JSON: only this app knows its settings. */
const check = (invocation: Invocation, home: string): number => {
  const { mistakes } = settings(invocation, process.env, matterSection(home))
  const valid = mistakes.length === 0
  if (invocation.json) print(JSON.stringify({ valid, mistakes }, null, 2))
  else if (valid) print("The settings of withings-matter are in order.")
  else complain(new ConfigError({ mistakes }))
  return valid ? 0 : 1
}

/** What this home alone is to count as happening now. */
const ownLimit = ({ announceWithin }: Settings): Readonly<Record<string, number>> =>
  announceWithin === null ? {} : { announce_within: announceWithin }

const run = async (chosen: Settings): Promise<number> => {
  const { Environment } = await import("@matter/main")
  const { shortenMatterLog } = await import("./matterLog.ts")
  if (!["debug", "info", "notice"].includes(chosen.logLevel))
    shortenMatterLog((line) => void process.stderr.write(`${line}\n`))
  Environment.default.vars.set("log.level", chosen.logLevel)
  Environment.default.vars.set("mdns.ipv4", chosen.ipv4)
  if (chosen.interface !== null) Environment.default.vars.set("mdns.networkInterface", chosen.interface)
  const { serve } = await import("./serve.ts")

  const core = Layer.unwrapEffect(
    Effect.map(BridgeConfig.loadWith({ home: chosen.home, settings: ownLimit(chosen) }), Bridge.layer),
  )
  const fiber = Effect.runFork(serve(chosen).pipe(Effect.provide(core), Effect.provide(appLog)))
  const stop = () => {
    setTimeout(() => process.exit(0), closeWithin)
    Effect.runFork(Fiber.interruptFork(fiber))
  }
  process.once("SIGTERM", stop)
  process.once("SIGINT", stop)

  const exit = await Effect.runPromise(Fiber.await(fiber))
  if (Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause)) return 0
  return complain(Cause.squash(exit.cause))
}

const matterSection = (home: string): FileSection => {
  const file = join(home, "config.yaml")
  const section = (content: string) => configSection(file, content, "matter")
  try {
    return section(readFileSync(file, "utf8"))
  } catch {
    // No file is a complete configuration; core says why one cannot be read.
    return section("")
  }
}

const print = (text: string) => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`)
  return 0
}

const complain = (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
}

process.exit(await main().catch(complain))
