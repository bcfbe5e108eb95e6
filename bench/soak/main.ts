/**
 * The Matter bridge at ten times the usual rate of events: `pnpm soak 55` makes an event every 6 s for 55 minutes (60
 * when not said), counts what arrives at a real controller, and watches the bridge's memory. Ctrl-C ends it early, with
 * its summary. Fails when an event was lost or doubled, or when memory grew.
 */
import { Environment } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { BridgeProcess, buildBridge, copyBridge, resident } from "../../apps/matter/test/BridgeProcess.ts"
import { Controller, eventually } from "../../apps/matter/test/controller.ts"
import { inNamespace } from "../../apps/matter/test/namespace.ts"
import { isSubscribed, signedInHousehold } from "../../apps/matter/test/withingsHousehold.ts"

const minutes = Number(process.argv[2] ?? 60)
const eventEvery = 6_000
/** Reports come in milliseconds; a poll that makes up for a lost webhook may take longer than this. */
const arrivesWithin = 30_000
/** Caches and compiled code fill up at first. */
const warmUpMinutes = 5

if (process.env["SOAK_INSIDE"] === undefined) {
  process.env["SOAK_INSIDE"] = "1"
  const again = [process.execPath, ...process.execArgv, import.meta.filename, ...process.argv.slice(2)]
  // Ctrl-C reaches the run inside too; this process stays to hand on its summary.
  process.on("SIGINT", () => {})
  const { status } = await inNamespace(again, ".", (text) => process.stdout.write(text))
  process.exit(status ?? 1)
}

const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`)
const middle = (values: ReadonlyArray<number>) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const folder = mkdtempSync(join(tmpdir(), "soak-matter-"))
buildBridge()
const { simulator, home } = await signedInHousehold({}, 3)
const bridge = new BridgeProcess(home, 5540, [], { script: copyBridge(folder) })
Environment.default.vars.set("storage.path", join(folder, "controller"))
const controller = await Controller.start("soak", Environment.default)
await controller.commission((await bridge.ready).manualPairingCode)
await eventually("webhooks", () => isSubscribed(simulator, "Ann"), 100_000)

const made = { bed: 0, press: 0 }
const seen = { bed: 0, press: 0 }
let last = 0
const delays: Array<number> = []
const arrived = (what: keyof typeof seen) => () => {
  seen[what]++
  delays.push(performance.now() - last)
}
const labelled = (pattern: RegExp) =>
  eventually(`an endpoint labelled ${pattern}`, () =>
    [...controller.bridged.values()].find((endpoint) =>
      pattern.test(endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel ?? ""),
    ),
  )
const bed = await labelled(/^Ann.s bed$/)
let inBed = bed.stateOf(OccupancySensingClient).occupancy.occupied === true
bed.eventsOf(OccupancySensingClient).occupancy$Changed.on(arrived("bed"))
const scale = await labelled(/^Ann weighed$/)
scale.eventsOf(SwitchClient).initialPress?.on(arrived("press"))

const acts = {
  bed: () => {
    inBed = !inBed
    return inBed ? simulator.goToBed("Ann") : simulator.getUp("Ann")
  },
  press: () => simulator.weigh("Ann", 64 + (made.press % 20) / 10),
}

const stop = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort())
bridge.process.once("exit", (code) => {
  if (!stop.signal.aborted) say(`The bridge ended with ${code}: ${bridge.output}`)
  stop.abort()
})

const memory: Array<number> = []
const begun = performance.now()
say(`${minutes} minutes, an event every ${eventEvery / 1000} s`)
for (let event = 0; !stop.signal.aborted && performance.now() - begun < minutes * 60_000; event++) {
  const what = event % 2 === 0 ? "bed" : "press"
  last = performance.now()
  made[what]++
  await acts[what]()
  if (event % Math.round(60_000 / eventEvery) === 0) {
    memory.push(resident(bridge.process.pid))
    say(
      `minute ${String(memory.length - 1).padStart(2)}  RSS ${memory.at(-1)?.toFixed(0)} MB  ` +
        `bed ${seen.bed}/${made.bed}  presses ${seen.press}/${made.press}`,
    )
  }
  await sleep(Math.max(0, last + eventEvery - performance.now()))
}

const complete = () => seen.bed === made.bed && seen.press === made.press
await eventually("the last report", complete, arrivesWithin).catch(() => undefined)
const settled = memory.slice(Math.min(warmUpMinutes, memory.length - 1))
const third = Math.ceil(settled.length / 3)
const [early, late] = [middle(settled.slice(0, third)), middle(settled.slice(-third))]
const grew = late / early > 1.1
say(`bed reports ${seen.bed} of ${made.bed}, presses ${seen.press} of ${made.press}`)
say(
  `delay median ${middle(delays).toFixed(0)} ms, longest ${Math.max(...delays).toFixed(0)} ms, of ${delays.length}`,
)
say(
  `RSS first third ${early.toFixed(0)} MB, last third ${late.toFixed(0)} MB (after ${warmUpMinutes} minutes)`,
)
say(complete() && !grew ? "Nothing lost, memory flat." : "FAILED")

stop.abort()
await bridge.stop()
await controller.close()
await simulator.close()
rmSync(folder, { recursive: true, force: true })
rmSync(home, { recursive: true, force: true })
process.exit(complete() && !grew ? 0 : 1)
