import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startSimulator, type Simulator, type SimulatorOptions } from "@withings-bridge/simulator"
import { Effect, Fiber } from "effect"
import { hostConsole, type ConsoleOptions } from "../src/index.ts"
import { freePort } from "../../core/test/freePort.ts"

export interface RunningConsole {
  readonly url: string
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

/** A console in a home of its own, where nothing is set up but which cloud to ask. */
export const startConsole = async (
  options: Partial<ConsoleOptions> = {},
  cloud: SimulatorOptions = {},
): Promise<RunningConsole> => {
  const simulator = await startSimulator({ years: 1, requestsPerMinute: 10_000, ...cloud })
  const home = await mkdtemp(join(tmpdir(), "console-"))
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
  const fiber = Effect.runFork(hostConsole({ home, host: "127.0.0.1", port, ...options }))
  const failed = Effect.runPromise(Fiber.join(fiber))
  const url = `http://127.0.0.1:${port}`
  failed.catch(() => undefined)
  await Promise.race([answers(url), failed])
  return {
    url,
    home,
    simulator,
    close: async () => {
      await Effect.runPromise(Fiber.interrupt(fiber))
      await simulator.close()
      await rm(home, { recursive: true })
    },
  }
}
