/**
 * What the Homebridge plugin costs, compared with a floor in the same run: start and memory (after four idle minutes) with
 * a bare Homebridge; webhook to HomeKit event with a minimal plugin that sets the same characteristic from a timer.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { startSimulator } from "@withings-bridge/simulator"
import { apple, find, HomeKitClient, type SeenAccessory } from "../apps/homebridge/test/HomeKitClient.ts"
import { type HomebridgeOptions, HomebridgeProcess } from "../apps/homebridge/test/HomebridgeProcess.ts"
import { installPacked } from "../apps/homebridge/test/packedPlugin.ts"
import { SettingsDialog } from "../apps/homebridge/test/SettingsDialog.ts"
import { freePort } from "../packages/core/test/freePort.ts"

const samples = Number(process.env["BENCH_SAMPLES"] ?? 300)
const starts = Number(process.env["BENCH_STARTS"] ?? 10)
/** The core averages one request in 750 ms, and a weigh-in takes two: the new data, and a second look at that moment. */
const betweenTurns = 2000
/** By then the request budget has recovered from the first history. */
const budgetRested = 40_000
/** V8 returns the memory of the start only after two to four quiet minutes. */
const idleAt = [3, 60, 240]

const quantile = (values: ReadonlyArray<number>, q: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
const line = (name: string, values: ReadonlyArray<number>, unit: string) => {
  const [median, p99, worst] = [quantile(values, 0.5), quantile(values, 0.99), Math.max(...values)].map(
    (value) => value.toFixed(1).padStart(8),
  )
  console.log(
    `${name.padEnd(46)} ${String(values.length).padStart(4)} ×  median ${median} ${unit}  p99 ${p99}  worst ${worst}`,
  )
}
const residentMegabytes = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8")
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

const folder = await mkdtemp(join(tmpdir(), "bench-homebridge-"))
const plugin = await installPacked(join(folder, "installed"))
const simulator = await startSimulator({ years: 3, requestsPerMinute: 10_000 })
const ann = simulator.persons[0]?.name ?? ""
const webhookPort = await freePort()
const platform = {
  platform: "Withings",
  name: "Withings",
  clientId: simulator.clientId,
  clientSecret: simulator.clientSecret,
  accountUrl: simulator.url,
  apiUrl: simulator.url,
  webhook: { publicUrl: `http://127.0.0.1:${webhookPort}`, port: webhookPort },
  rules: [{ name: "Heavy", when: "above", measure: "weight", value: 70, person: ann }],
}
const optionsFor = async (name: string, more: Partial<HomebridgeOptions>): Promise<HomebridgeOptions> => ({
  storage: join(folder, name),
  plugin: null,
  platforms: [],
  port: await freePort(),
  ...more,
})
const ours = await optionsFor("ours", { plugin, platforms: [platform] })
const bare = await optionsFor("bare", {})

/** A plugin that only changes one characteristic of each kind now and then, and prints when. */
const floorPlugin = async (): Promise<string> => {
  const root = join(folder, "homebridge-floor")
  await mkdir(root)
  const manifest = {
    name: "homebridge-floor",
    version: "1.0.0",
    type: "module",
    main: "index.js",
    keywords: ["homebridge-plugin"],
    engines: { homebridge: "^2.0.0", node: ">=22" },
  }
  await writeFile(join(root, "package.json"), JSON.stringify(manifest))
  await writeFile(
    join(root, "index.js"),
    `export default (api) => api.registerPlatform("homebridge-floor", "Floor", class {
  constructor() {
    api.on("didFinishLaunching", () => {
      const { Service, Characteristic, uuid } = api.hap
      const accessory = new api.platformAccessory("Floor", uuid.generate("floor"))
      const contact = accessory.addService(Service.ContactSensor, "Contact", "c").getCharacteristic(Characteristic.ContactSensorState)
      const occupied = accessory.addService(Service.OccupancySensor, "Occupied", "o").getCharacteristic(Characteristic.OccupancyDetected)
      const button = accessory.addService(Service.StatelessProgrammableSwitch, "Button", "b").getCharacteristic(Characteristic.ProgrammableSwitchEvent)
      api.registerPlatformAccessories("homebridge-floor", "Floor", [accessory])
      const at = () => performance.timeOrigin + performance.now()
      let turn = 0
      setTimeout(() => setInterval(() => {
        const value = ++turn % 2
        console.log("floor contact " + at()); contact.updateValue(value)
        console.log("floor button " + at()); button.sendEventNotification(0)
        console.log("floor occupied " + at()); occupied.updateValue(value)
      }, 400).unref(), 2000).unref()
    })
  }
  configureAccessory() {}
})`,
  )
  return root
}

/** At idle, all at the same time, so that other load affects all of them. In the default configuration, without webhooks. */
const compareMemory = async () => {
  const { webhook: _, ...withoutWebhooks } = platform
  const idle = { ...ours, platforms: [withoutWebhooks] }
  const kinds = [
    { name: "bare Homebridge", options: bare },
    { name: "with the plugin", options: idle },
    {
      name: "with the plugin, --max-semi-space-size=1",
      options: { ...idle, environment: { NODE_OPTIONS: "--max-semi-space-size=1" } },
    },
  ]
  const running: Array<{ readonly name: string; readonly process: HomebridgeProcess }> = []
  for (const [index, { name, options }] of kinds.entries()) {
    const storage = join(folder, `idle-${index}`)
    if (options.plugin !== null)
      await cp(join(ours.storage, "withings"), join(storage, "withings"), { recursive: true })
    running.push({
      name,
      process: await HomebridgeProcess.start({ ...options, storage, port: await freePort() }),
    })
  }
  console.log("\nmemory (RSS) at idle with three years of one person")
  let waited = 0
  for (const seconds of idleAt) {
    await sleep((seconds - waited) * 1000)
    waited = seconds
    for (const { name, process } of running)
      line(`  ${name}, ${seconds} s`, [await residentMegabytes(process.process.pid)], "MB")
  }
  for (const { process } of running) await process.stop()
}

const epoch = (at: number) => performance.timeOrigin + at
const when = {
  button: apple.programmableSwitchEvent,
  contact: apple.contactSensorState,
  occupied: apple.occupancyDetected,
}
const services = {
  button: apple.programmableSwitch,
  contact: apple.contactSensor,
  occupied: apple.occupancySensor,
}

try {
  // Read the first history, so that the rest is an ordinary day.
  let homebridge = await HomebridgeProcess.start(ours)
  let home = await HomeKitClient.pair(ours.port)
  const dialog = await SettingsDialog.open(plugin, ours.storage, platform)
  await dialog.connect(ann)
  const mat = new RegExp(`^${ann}'s bed$`)
  const isThere = (seen: ReadonlyArray<SeenAccessory>) =>
    [/^Heavy/, mat].every((name) => seen.some((one) => name.test(one.name)))
  const accessories = await home.accessoriesWhen(isThere)
  await dialog.close()
  const ids = {
    button: find(accessories, new RegExp(`^${ann}'s scale$`), services.button, when.button).id,
    contact: find(accessories, /^Heavy/, services.contact, when.contact).id,
    occupied: find(accessories, mat, services.occupied, when.occupied).id,
  }
  await home.subscribe(Object.values(ids))
  await sleep(budgetRested)

  const latencies = {
    button: [] as Array<number>,
    contact: [] as Array<number>,
    occupied: [] as Array<number>,
  }
  for (let turn = 0; turn < samples; turn++) {
    const isEven = turn % 2 === 0
    const since = home.seen.length
    const weighed = performance.now()
    await simulator.weigh(ann, isEven ? 60 + turn / 100 : 80 + turn / 100)
    const [button, contact] = await Promise.all([
      home.event(ids.button, undefined, since),
      home.event(ids.contact, undefined, since),
    ])
    latencies.button.push(button.at - weighed)
    latencies.contact.push(contact.at - weighed)
    const lay = performance.now()
    await (isEven ? simulator.goToBed(ann) : simulator.getUp(ann))
    latencies.occupied.push((await home.event(ids.occupied, undefined, since)).at - lay)
    await sleep(Math.max(0, betweenTurns - (performance.now() - weighed)))
  }
  await home.close()
  await homebridge.stop()

  const floor = await optionsFor("floor", {
    plugin: await floorPlugin(),
    platforms: [{ platform: "Floor", name: "Floor" }],
  })
  homebridge = await HomebridgeProcess.start(floor)
  home = await HomeKitClient.pair(floor.port)
  const floorAccessories = await home.accessoriesWhen((seen) => seen.some((one) => one.name === "Floor"))
  const floorIds = Object.fromEntries(
    (["button", "contact", "occupied"] as const).map((kind) => [
      kind,
      find(floorAccessories, /^Floor$/, services[kind], when[kind]).id,
    ]),
  )
  await home.subscribe(Object.values(floorIds))
  while (home.seen.filter((event) => event.id === floorIds["occupied"]).length < samples) await sleep(50)
  const floors = (kind: "button" | "contact" | "occupied") => {
    const sent = homebridge.lines
      .filter((one) => one.includes(`floor ${kind} `))
      .map((one) => Number(one.split(" ").at(-1)))
    const seen = home.seen.filter((event) => event.id === floorIds[kind]).map((event) => epoch(event.at))
    // Each event belongs to the last change before it; the first one may have happened before the subscription.
    return seen.map((at) => at - Math.max(...sent.filter((one) => one <= at))).slice(0, samples)
  }

  console.log("simulator's webhook sent → HAP event at the controller")
  for (const kind of ["button", "contact", "occupied"] as const) {
    line(`  ${kind}, plugin`, latencies[kind], "ms")
    line(`  ${kind}, floor (plugin with a timer)`, floors(kind), "ms")
  }
  await home.close()
  await homebridge.stop()

  const started = { bare: [] as Array<number>, ours: [] as Array<number> }
  for (let turn = 0; turn < starts; turn++) {
    for (const [name, options] of [
      ["bare", bare],
      ["ours", ours],
    ] as const) {
      const began = performance.now()
      const process = await HomebridgeProcess.start(options)
      started[name].push(performance.now() - began)
      await process.stop()
    }
  }
  console.log('\nstart to "is running"')
  line("  bare Homebridge, start", started.bare, "ms")
  line("  with the plugin, start", started.ours, "ms")
  await compareMemory()
} finally {
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
}
