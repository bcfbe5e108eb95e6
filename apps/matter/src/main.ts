import { appLog, Bridge, BridgeConfig, ConfigError, homePath, readPart } from "@withings-bridge/core"
import { Cause, Console, Effect, Exit, Fiber, Layer } from "effect"
import { join } from "node:path"
import { matter } from "./home.ts"
import { help, type Invocation, parseInvocation } from "./invocation.ts"
import { loadMatter } from "./loadMatter.ts"
import { liveSmall } from "./liveSmall.ts"
import { release } from "./release.ts"
import type { Pairing } from "./pairing.ts"
import type { Settings } from "./settings.ts"

/** Milliseconds. matter.js may wait longer for controllers that are gone. */
const closeWithin = 1_800

const main = async (): Promise<number> => {
  const invocation = parseInvocation(process.argv.slice(2))
  if (invocation.help) return print(help)
  if (invocation.version) return print(release)
  const folder = homePath(invocation.home, process.env)
  const { flags } = invocation
  const { mistakes, settings } = readPart(matter, { folder, env: process.env, flags })
  if (invocation.command === "check") return check(invocation, mistakes)
  if (invocation.command !== "serve") {
    const { runCommand } = await import("./commands.ts")
    return print(await runCommand(invocation, join(folder, "matter")))
  }
  return mistakes.length > 0 ? complain(new ConfigError({ mistakes })) : run(settings)
}

const check = ({ json }: Invocation, mistakes: ConfigError["mistakes"]): number => {
  const valid = mistakes.length === 0
  if (json) print(JSON.stringify({ valid, mistakes }, null, 2))
  else if (valid) print("The settings of withings-matter are in order.")
  else complain(new ConfigError({ mistakes }))
  return valid ? 0 : 1
}

/** Once: the codes for people, and a line for scripts. */
const announce = (port: number) => {
  let announced = false
  return (pairing: Pairing) =>
    Effect.gen(function* () {
      if (announced) return
      announced = true
      liveSmall()
      const { codes } = yield* Effect.promise(() => import("./commands.ts"))
      const { commissioned, manualPairingCode, qrPairingCode } = pairing
      if (!commissioned) yield* Console.log(codes(pairing))
      yield* Console.log(
        `withings-matter ready ${JSON.stringify({ qrPairingCode, manualPairingCode, port, commissioned })}`,
      )
    })
}

const run = async (settings: Settings): Promise<number> => {
  const { runMatter } = await loadMatter()
  const core = Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home: settings.home }), Bridge.layer))
  const fiber = Effect.runFork(
    runMatter(settings, announce(settings.port)).pipe(Effect.provide(core), Effect.provide(appLog)),
  )
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

const print = (text: string) => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`)
  return 0
}

const complain = (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
}

process.exit(await main().catch(complain))
