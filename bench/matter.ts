/**
 * What the Matter bridge costs: start, memory, webhook to subscription report. In the same run a bare matter.js aggregator
 * with as many endpoints, and matterbridge where npm can install it. The first history is complete before anything is
 * measured. matterRestart.ts measures restarts, matterStarts.ts the ways of starting. Runs in a network namespace where
 * the machine allows one. BENCH_IDLE=300 measures memory after 5 minutes.
 */
import { Environment } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { BridgeProcess, buildBridge, resident } from "../apps/matter/test/BridgeProcess.ts"
import { Controller, eventually } from "../apps/matter/test/controller.ts"
import { inNamespace } from "../apps/matter/test/namespace.ts"
import {
  historyIsDone,
  isListening,
  isSubscribed,
  signedInHousehold,
  type WithingsHousehold,
} from "../apps/matter/test/withingsHousehold.ts"
import { installMatterbridge, startMatterbridge } from "./matter/matterbridge.ts"

// Install it outside the network namespace, which usually cannot reach npm's registry.
const matterbridge = process.env["BENCH_MATTERBRIDGE"] ?? installMatterbridge() ?? ""
if (process.env["BENCH_INSIDE"] === undefined) {
  Object.assign(process.env, { BENCH_INSIDE: "1", BENCH_MATTERBRIDGE: matterbridge })
  const again = [process.execPath, ...process.execArgv, import.meta.filename]
  const { status } = await inNamespace(again, ".", (text) => process.stdout.write(text))
  process.exit(status ?? 1)
}

const samples = Number(process.env["BENCH_SAMPLES"] ?? 300)
const starts = Number(process.env["BENCH_STARTS"] ?? 3)
const idle = Number(process.env["BENCH_IDLE"] ?? 5)
const port = 5540

const quantile = (values: ReadonlyArray<number>, q: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
const say = (what: string, values: ReadonlyArray<number>, unit: string) =>
  console.log(
    `${what.padEnd(52)} median ${quantile(values, 0.5).toFixed(0).padStart(5)} ${unit}  ` +
      `p99 ${quantile(values, 0.99).toFixed(0).padStart(5)} ${unit}  n ${values.length}`,
  )
const folder = mkdtempSync(join(tmpdir(), "bench-matter-"))

/** Starts a bare aggregator and waits until it is ready. */
const startBare = async (storage: string, endpoints: number) => {
  const begun = performance.now()
  const child = spawn(
    "node",
    [join(import.meta.dirname, "matter", "bareBridge.ts"), storage, String(port), String(endpoints)],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  )
  let output = ""
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const code = await eventually("the bare bridge", () => /^ready (\d+)/m.exec(output)?.[1])
  const exited = new Promise((resolve) => child.once("exit", resolve))
  return {
    after: performance.now() - begun,
    pid: child.pid,
    code,
    toggle: () => child.stdin.write("\n"),
    setAt: (count: number) => Number([...output.matchAll(/^set (\d+)$/gm)][count]?.[1] ?? Number.NaN),
    stop: async () => {
      child.kill("SIGKILL")
      await exited
    },
  }
}

const bedOf = (controller: Controller, person: string) =>
  eventually(`${person}'s bed`, () =>
    [...controller.bridged.values()].find(
      (endpoint) =>
        endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel === `${person}'s bed`,
    ),
  )

/** Epoch milliseconds of every occupancy report. */
const watchBed = async (controller: Controller, person: string) => {
  const bed = await bedOf(controller, person)
  const reports: Array<number> = []
  bed.eventsOf(OccupancySensingClient).occupancy$Changed.on(() => {
    reports.push(Date.now())
  })
  return { reports, inBed: bed.stateOf(OccupancySensingClient).occupancy.occupied === true }
}

const controllerAt = async (name: string) => {
  const environment = new Environment(name, Environment.default)
  environment.vars.set("storage.path", join(folder, name))
  return Controller.start(name, environment)
}

const startAndMemory = async (
  what: string,
  start: () => Promise<{ after: number; pid: number | undefined; stop: () => Promise<unknown> }>,
) => {
  const times: Array<number> = []
  const atReady: Array<number> = []
  const later: Array<number> = []
  for (let run = 0; run < starts; run++) {
    const { after, pid, stop } = await start()
    times.push(after)
    atReady.push(resident(pid))
    await sleep(idle * 1000)
    later.push(resident(pid))
    await stop()
  }
  say(`${what}: spawn to commissionable`, times, "ms")
  say(`${what}: RSS then`, atReady, "MB")
  say(`${what}: RSS ${idle} s later`, later, "MB")
}

const startOurs = (home: string) => async () => {
  const bridge = new BridgeProcess(home, port)
  const { after } = await bridge.ready
  return { after, pid: bridge.process.pid, stop: () => bridge.stop() }
}

buildBridge()
// 73 days: a longer history changes neither start nor memory, but takes minutes to read.
const years = 0.2
const household = await signedInHousehold({}, years)
// Six beds, since getting in and out must be a second apart, and 300 samples of one bed would take long.
const six = await signedInHousehold({}, years, 6)
const { simulator, home } = household
/** The first history uses the same budget of 120 requests a minute. */
const subscribedWithin = 240_000
const bringHistory = async ({ home, simulator }: WithingsHousehold, at: number) => {
  const bridge = new BridgeProcess(home, at)
  await bridge.ready
  // Subscriptions outlive the bridge.
  const subscribed = () => simulator.persons.every(({ name }) => isSubscribed(simulator, name))
  await eventually("webhooks", subscribed, subscribedWithin)
  await historyIsDone(home)
  await bridge.stop()
}
await Promise.all([bringHistory(household, port), bringHistory(six, port + 1)])

const endpointsOf = (at: string) =>
  Object.keys(JSON.parse(readFileSync(join(at, "matter", "endpoints.json"), "utf8")).structure).length
const count = endpointsOf(home)
await startAndMemory(`withings-matter, ${count} endpoints`, startOurs(home))
await startAndMemory(`bare matter.js, ${count} endpoints`, () => startBare(join(folder, "bare"), count))
if (matterbridge !== "")
  await startAndMemory("matterbridge 3.9.4, no plugin", () => startMatterbridge(matterbridge, port))

const configFile = join(home, "config.yaml")
const config = readFileSync(configFile, "utf8")
const rules = Array.from({ length: 200 - count }, (_, index) => ({
  name: `Rule ${index}`,
  person: "Ann",
  when: "above",
  measure: "weight",
  value: 40 + index,
}))
writeFileSync(configFile, JSON.stringify({ ...JSON.parse(config), rules }))
await startAndMemory("withings-matter, 200 endpoints", startOurs(home))
await startAndMemory("bare matter.js, 200 endpoints", () => startBare(join(folder, "bare-200"), 200))
writeFileSync(configFile, config)

{
  const bridge = new BridgeProcess(six.home, port)
  const controller = await controllerAt("six")
  await controller.commission((await bridge.ready).manualPairingCode)
  const persons = six.simulator.persons.map(({ name }) => name)
  await eventually("webhooks to be heard", () => isListening(six.webhookPort))
  const latencies: Array<number> = []
  const sleeper = async (name: string) => {
    const { reports, ...bed } = await watchBed(controller, name)
    let { inBed } = bed
    for (let sample = 0; sample < samples / persons.length; sample++) {
      const begun = Date.now()
      void (inBed ? six.simulator.getUp(name) : six.simulator.goToBed(name))
      inBed = !inBed
      await eventually("a report", () => reports.length > sample)
      latencies.push((reports[sample] ?? Number.NaN) - begun)
      await sleep(1100)
    }
  }
  // Staggered, so that reports are not combined.
  await Promise.all(persons.map((name, index) => sleep(index * 190).then(() => sleeper(name))))
  say("webhook sent to report at the controller", latencies, "ms")
  await bridge.stop()
  await controller.close()
  await six.simulator.close()
}

{
  const bare = await startBare(join(folder, "bare-latency"), count)
  const controller = await controllerAt("bare")
  await controller.commission(bare.code)
  const { reports } = await watchBed(controller, "Ann")
  const latencies: Array<number> = []
  for (let sample = 0; sample < samples; sample++) {
    bare.toggle()
    await eventually("a report", () => reports.length > sample)
    latencies.push((reports[sample] ?? Number.NaN) - bare.setAt(sample))
    await sleep(100)
  }
  say("bare matter.js: set to report at the controller", latencies, "ms")
  await controller.close()
  await bare.stop()
}

await simulator.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
