/**
 * How long after a restart a controller sees a value that changed meanwhile, and what that time consists of. Also after a
 * factory reset. The first history is complete before anything is measured.
 */
import { Environment } from "@matter/main"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { ask } from "../apps/matter/src/control.ts"
import { BridgeProcess, buildBridge } from "../apps/matter/test/BridgeProcess.ts"
import { Controller, eventually } from "../apps/matter/test/controller.ts"
import { inNamespace } from "../apps/matter/test/namespace.ts"
import { historyIsDone, isSubscribed, signedInHousehold } from "../apps/matter/test/withingsHousehold.ts"
import { type Restart, restart } from "./matter/restarts.ts"

if (process.env["BENCH_INSIDE"] === undefined) {
  process.env["BENCH_INSIDE"] = "1"
  const again = [process.execPath, ...process.execArgv, import.meta.filename]
  const { status } = await inNamespace(again, ".", (text) => process.stdout.write(text))
  process.exit(status ?? 1)
}

const starts = Number(process.env["BENCH_STARTS"] ?? 3)
const port = 5540
/** A start spends some of the 120 requests a minute, and real homes do not restart every few seconds. */
const budgetRested = 5_000
const subscribedWithin = 240_000

const middle = (values: ReadonlyArray<number>) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
const longest = (values: ReadonlyArray<number>) => Math.max(...values)

const phases = ["ready", "asked", "back", "value", "hears"] as const
const told: Readonly<Record<(typeof phases)[number], string>> = {
  ready: "bridge ready",
  asked: "devices read at Withings",
  back: "first report at the controller",
  value: "new value at the controller",
  hears: "webhooks heard again",
}

buildBridge()
const folder = mkdtempSync(join(tmpdir(), "bench-restart-"))
Environment.default.vars.set("storage.path", join(folder, "controller"))
const household = await signedInHousehold({}, 0.2)
const { home, simulator } = household
const controller = await Controller.start("restart", Environment.default)
let bridge = new BridgeProcess(home, port)

const commission = async () => {
  const { manualPairingCode } = await ask(join(home, "matter"), "GET", "/pairing")
  await controller.commission(manualPairingCode)
  await eventually("the endpoints", () => controller.bridged.size > 0)
}

const measure = async (what: string, signal: NodeJS.Signals, times: number) => {
  const restarts: Array<Restart> = []
  for (let run = 0; run < times; run++) {
    await sleep(budgetRested)
    const done = await restart({ household, controller, bridge, port }, signal)
    bridge = done.bridge
    restarts.push(done)
  }
  console.log(`${what}, n ${times}`)
  for (const phase of phases) {
    const times = restarts.map((each) => each[phase])
    const figures = `median ${middle(times).toFixed(0).padStart(5)} ms  longest ${longest(times).toFixed(0).padStart(5)} ms`
    console.log(`  ${told[phase].padEnd(32)} ${figures}`)
  }
}

await bridge.ready
await commission()
const subscribed = () => simulator.persons.every(({ name }) => isSubscribed(simulator, name))
await eventually("webhooks", subscribed, subscribedWithin)
await historyIsDone(home)

await measure("SIGTERM", "SIGTERM", starts)
await measure("SIGKILL", "SIGKILL", starts)
await ask(join(home, "matter"), "POST", "/factory-reset")
await controller.peer?.delete()
await commission()
// The first restart after a reset used to be slow, so none comes before it.
await measure("SIGTERM, the first after a factory reset", "SIGTERM", 1)
await measure("SIGKILL after a factory reset", "SIGKILL", starts)

await bridge.stop()
await controller.close()
await simulator.close()
rmSync(folder, { recursive: true })
rmSync(home, { recursive: true })
process.exit(0)
