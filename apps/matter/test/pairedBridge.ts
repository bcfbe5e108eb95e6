// The Matter bridge of the home folder that is named, paired with two controllers, on a network that exists only in
// this process. Prints a line of JSON, label and endpoint number of all that the first controller sees, at each change;
// ends with its standard input.
import { Environment } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { Bridge, BridgeConfig, readPart } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ask } from "../src/control.ts"
import { serve } from "../src/serve.ts"
import { matter } from "../src/home.ts"
import { Controller, eventually } from "./controller.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

process.stdin.resume().once("end", () => process.exit())
const home = process.argv[2] ?? ""
const folder = join(home, "matter")
const host = simulatedNetwork()
const controllerOn = (number: number, name: string) => Controller.start(name, host(number))

Environment.default.vars.set("log.level", "fatal")
host(1, Environment.default)
const core = Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home, env: {} }), Bridge.layerFollower))
const { settings: chosen } = readPart(matter, { folder: home, env: {} })
Effect.runFork(serve(chosen).pipe(Effect.provide(core)))

const code = await eventually("the bridge", () => {
  try {
    return String(JSON.parse(readFileSync(join(folder, "pairing.json"), "utf8")).manualPairingCode)
  } catch {
    return undefined
  }
})
const first = await controllerOn(2, "Ann's home")
await first.commission(code)
await ask(folder, "POST", "/window")
const guest = await controllerOn(3, "Guest")
await guest.commission(code)

let printed = ""
const print = () => {
  const seen = [...first.bridged].flatMap(([number, endpoint]) => {
    const label = endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel
    return label === undefined ? [] : [[label, number]]
  })
  const line = JSON.stringify(Object.fromEntries(seen))
  if (line !== printed) process.stdout.write(`${line}\n`)
  printed = line
}
setInterval(print, 50)
