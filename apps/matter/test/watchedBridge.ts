// The Matter bridge of WITHINGS_BRIDGE_HOME, which starts and stops as its standard input says ("start AHEAD", "start
// AHEAD HOME" in another home folder, "stop"), with a controller that stays: on a network that exists only in this
// process. Prints what the controller is told, a line of JSON each.
import { Environment, Time } from "@matter/main"
import { BooleanStateClient } from "@matter/main/behaviors/boolean-state"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { GeneralDiagnosticsClient } from "@matter/main/behaviors/general-diagnostics"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { SwitchClient } from "@matter/main/behaviors/switch"
import type { Endpoint } from "@matter/main"
import { Bridge, BridgeConfig, readPart } from "@withings-bridge/core"
import { type Cause, Effect, Fiber, Layer } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { matter } from "../src/home.ts"
import { serve } from "../src/serve.ts"
import { Controller, eventually } from "./controller.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

let home = process.env["WITHINGS_BRIDGE_HOME"] ?? ""
Environment.default.vars.set("log.level", "info")
Environment.default.vars.set("log.format", "plain")
const host = simulatedNetwork()
// Hours pass at once here, while sessions and network addresses run out by the clock: a real controller lives through
// those hours. matter.js' own time runs on steadily.
const steady = () => Math.floor(Time.nowUs)
Object.defineProperty(Time.default, "nowMs", { get: steady })
Object.defineProperty(Time.default, "now", { get: () => new Date(steady()) })
// The bridge keeps its storage in the home folder, and finds its network in the default environment.
host(1, Environment.default)

let run = 0
let bridge: Fiber.RuntimeFiber<unknown, unknown> | undefined
let controller: Controller | undefined

/** Counts the starts of the bridge: a controller that knows the newest one is subscribed again. */
const boots = () => controller?.peer?.maybeStateOf(GeneralDiagnosticsClient)?.rebootCount ?? 0

const start = async () => {
  run++
  const core = Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home }), Bridge.layer))
  const { settings: chosen } = readPart(matter, { folder: home, env: {} })
  const whySilent = Effect.tapErrorCause((cause: Cause.Cause<unknown>) => Effect.logError(cause))
  bridge = Effect.runFork(serve(chosen).pipe(Effect.provide(Layer.fresh(core)), whySilent))
  if (controller !== undefined) return
  const code = await eventually("the bridge", () => {
    try {
      return String(JSON.parse(readFileSync(join(home, "matter", "pairing.json"), "utf8")).manualPairingCode)
    } catch {
      return undefined
    }
  })
  controller = await Controller.start("home", host(2))
  await controller.commission(code)
}
const stop = async () => {
  if (bridge !== undefined) await Effect.runPromise(Fiber.interrupt(bridge))
  console.log(`stopped ${run}`)
}

const labelOf = (endpoint: Endpoint) =>
  endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel ?? ""

/** A contact is open (1) while a rule holds; unreachable is unknown. */
const stateOf = (endpoint: Endpoint): number | null | undefined => {
  const { reachable } = endpoint.maybeStateOf(BridgedDeviceBasicInformationClient) ?? {}
  const closed = endpoint.maybeStateOf(BooleanStateClient)?.stateValue
  const { occupancy } = endpoint.maybeStateOf(OccupancySensingClient) ?? {}
  if (closed === undefined && occupancy === undefined) return undefined
  if (reachable !== true) return null
  return Number(closed === undefined ? occupancy?.occupied : !closed)
}

const heard = new Set<Endpoint>()
let printed = ""
const look = () => {
  const states: Record<string, number | null> = {}
  for (const endpoint of controller?.bridged.values() ?? []) {
    const label = labelOf(endpoint)
    const isButton = endpoint.maybeStateOf(SwitchClient) !== undefined
    if (isButton && !heard.has(endpoint)) {
      heard.add(endpoint)
      const { initialPress } = endpoint.eventsOf(SwitchClient)
      initialPress?.on(() => console.log(JSON.stringify({ press: labelOf(endpoint) })))
    }
    const state = isButton ? 0 : stateOf(endpoint)
    if (state !== undefined) states[label] = state
  }
  const line = JSON.stringify({ states, boots: boots() })
  if (line !== printed) console.log(line)
  printed = line
}
setInterval(look, 10)

for await (const line of createInterface({ input: process.stdin })) {
  const [word, ahead, folder = home] = line.split(" ")
  home = folder
  if (ahead !== undefined) process.env["HOUSEHOLD_CLOCK_AHEAD"] = ahead
  await (word === "start" ? start() : stop())
}
process.exit()
