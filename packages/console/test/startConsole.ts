import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startSimulator, type Simulator, type SimulatorOptions } from "@withings-bridge/simulator"
import { runParts } from "@withings-bridge/core"
import { homes } from "@withings-bridge/homes"
import { Effect, Fiber, Layer, Logger } from "effect"
import { consolePart, ticketLink, type ConsoleTools } from "../src/index.ts"
import { freePort } from "../../core/test/freePort.ts"

export interface RunningConsole {
  readonly url: string
  /** Opens the console in a browser, signed in. */
  readonly link: () => string
  /** The cookie of a session, for programs. */
  readonly enter: () => Promise<{ readonly cookie: string }>
  readonly home: string
  readonly simulator: Simulator
  readonly close: () => Promise<void>
}

export const answers = async (url: string): Promise<void> => {
  for (let turn = 0; turn < 600; turn++) {
    const answer = await fetch(url).catch(() => null)
    if (answer !== null) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Nothing answers at ${url}`)
}

/** Follows a link that signs in. */
export const enter = async (link: string): Promise<{ readonly cookie: string }> => {
  const answer = await fetch(link, { redirect: "manual" })
  return { cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" }
}

interface StartOptions {
  readonly home?: string
  readonly host?: string
  readonly port?: number
  /** The address behind a proxy. */
  readonly publicUrl?: string
  /** What the command line provides. */
  readonly tools?: ConsoleTools
}

/** A console in a temporary home folder, where only the address of the cloud is set. */
export const startConsole = async (
  options: StartOptions = {},
  cloud: SimulatorOptions = {},
): Promise<RunningConsole> => {
  const simulator = await startSimulator({ years: 1, requestsPerMinute: 10_000, ...cloud })
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "console-")))
  const port = options.port ?? (await freePort())
  const webhookPort = await freePort()
  const withings = {
    account_url: simulator.url,
    api_url: simulator.url,
    callback_url: `http://localhost:${await freePort()}/callback`,
    poll_every: 1,
    webhook: { public_url: `http://127.0.0.1:${webhookPort}`, host: "127.0.0.1", port: webhookPort },
  }
  await writeFile(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  const settings = { host: options.host ?? "127.0.0.1", port, publicUrl: options.publicUrl }
  const part = consolePart(homes, options.tools)
  const log = options.tools?.log ? Logger.add(options.tools.log.logger) : Layer.empty
  const fiber = Effect.runFork(
    Effect.provide(
      runParts(home, [{ part, settings }], () => Effect.void),
      log,
    ),
  )
  const failed = Effect.runPromise(Fiber.join(fiber))
  const url = `http://127.0.0.1:${port}`
  failed.catch(() => undefined)
  await Promise.race([answers(url), failed])
  const link = () => ticketLink(home, url, Date.now())
  return {
    url,
    link,
    enter: () => enter(link()),
    home,
    simulator,
    close: async () => {
      await Effect.runPromise(Fiber.interrupt(fiber))
      await simulator.close()
      if (options.home === undefined) await rm(home, { recursive: true })
    },
  }
}
