import { spawn } from "node:child_process"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Controller, eventually } from "../../apps/matter/test/controller.ts"
import { rebootsSeenBy } from "./restarts.ts"

interface Bare {
  readonly controller: Controller
  readonly folder: string
  readonly port: number
  readonly endpoints: number
}

/** Milliseconds: matter.js tells a controller's subscription to disk a moment after it began. */
const rested = 5000

/**
 * How long the bare bridge takes from its start to the first report at its controller, not bundled, with its compiled
 * code kept and the flags of the Matter bridge.
 */
export const bareRestarts = async (
  { controller, endpoints, folder, port }: Bare,
  times: number,
): Promise<ReadonlyArray<number>> => {
  const source = join(import.meta.dirname, "bareBridge.ts")
  const start = async () => {
    const words = ["--max-semi-space-size=2", source, join(folder, "bare"), `${port}`, `${endpoints}`]
    const child = spawn("node", words, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled"), MALLOC_ARENA_MAX: "1" },
    })
    let output = ""
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
    const code = () => eventually("the bare bridge", () => /^ready (\d+)/m.exec(output)?.[1])
    const stop = async () => {
      child.kill("SIGTERM")
      await new Promise((resolve) => child.once("exit", resolve))
    }
    return { code, stop }
  }

  let bare = await start()
  await controller.commission(await bare.code())
  await eventually("the endpoints", () => controller.bridged.size > 0)
  const taken: Array<number> = []
  // The first start after it was compiled once is not counted.
  for (let run = -1; run < times; run++) {
    await sleep(rested)
    await bare.stop()
    const before = rebootsSeenBy(controller)
    const begun = performance.now()
    bare = await start()
    await eventually("the first report", () => rebootsSeenBy(controller) > before, 240_000)
    if (run >= 0) taken.push(performance.now() - begun)
  }
  await bare.stop()
  return taken
}
