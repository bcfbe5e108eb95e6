import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { products, type Simulator, startSimulator } from "@withings-bridge/simulator"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  characteristicsOf,
  everyChoice,
  measureEverything,
  measureNamed,
  measuresOf,
  meastype,
  trueValues,
} from "./everything.ts"
import { atTimeOf } from "../../../packages/simulator/test/householdClock.ts"
import { freePort } from "../../../packages/core/test/freePort.ts"
import { type HomebridgeOptions, HomebridgeProcess } from "./HomebridgeProcess.ts"
import { apple, find, HomeKitClient, type SeenAccessory } from "./HomeKitClient.ts"
import { installPacked } from "./packedPlugin.ts"
import { SettingsDialog } from "./SettingsDialog.ts"

/** One household from the first sign-in on, in the order a user lives it: each step stands on the one before. */
const newestHomebridge1 = fileURLToPath(
  new URL("../node_modules/homebridge-1/bin/homebridge", import.meta.url),
)
/** The first history brings one after the other. */
const otherNames = [
  /'s watch$/,
  /'s thermometer$/,
  /'s blood pressure monitor$/,
  /^Smart Body Analyzer/,
  /^Anyone in bed$/,
  /^Weight as lux/,
  /^Steps as lux/,
  /^Blood oxygen as humidity/,
]
const allRules = everyChoice("").rules.map(({ name }) => new RegExp(`^${name}`))
// A missing device goes at once here, not after a week.
let environment: Record<string, string> = { WITHINGS_POLL_EVERY: "1", WITHINGS_KEEP_MISSING_DAYS: "0" }

/** Its accessory id, by HAP's specification. */
const bridgeItself = 1

describe("homebridge-withings in a real Homebridge, installed from its tarball", () => {
  let folder: string
  let simulator: Simulator
  let options: HomebridgeOptions
  let homebridge: HomebridgeProcess
  let home: HomeKitClient
  let dialog: SettingsDialog
  let accessories: ReadonlyArray<SeenAccessory>
  let ann: string
  let bodyScan: string
  let analyzer: string
  let scaleOfAnn: RegExp
  let matOfAnn: RegExp

  const restart = async () => {
    const { pairing } = home
    await home.close()
    await homebridge.stop()
    expect(homebridge.complaints).toEqual([])
    homebridge = await HomebridgeProcess.start(options)
    home = HomeKitClient.connect(options.port, pairing)
  }
  const mat = () => {
    const found = simulator.persons[0]?.devices.find((device) => device.type === "Sleep Monitor")
    if (found === undefined) throw new Error("nobody has a sleep mat")
    return found
  }
  /** Not of the bridge itself, whose name gets a number while another test's bridge has the same one. */
  const idsOf = (seen: ReadonlyArray<SeenAccessory>) =>
    seen.filter(({ aid }) => aid !== bridgeItself).map((one) => `${one.aid} ${one.name}`)
  const has = (pattern: RegExp) => (seen: ReadonlyArray<SeenAccessory>) =>
    seen.some((one) => pattern.test(one.name))

  const contact = (rule: RegExp) => find(accessories, rule, apple.contactSensor, apple.contactSensorState)

  const subscribedTo = () =>
    simulator.requests
      .filter(
        (request) => request.path === "/notify" && request.action === "subscribe" && request.status === 0,
      )
      .map((request) => request.params["appli"])

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "homebridge-withings-"))
    const plugin = await installPacked(path.join(folder, "installed"))
    // A noon at which nobody has measured blood pressure for hours: a rule below counts them.
    simulator = await startSimulator({ years: 1, time: "2026-03-01T12:00:00Z" })
    environment = { ...environment, ...atTimeOf(simulator) }
    ann = simulator.persons[0]?.name ?? ""
    scaleOfAnn = new RegExp(`^Body.* ${ann}$`)
    matOfAnn = new RegExp(`^${ann}'s bed$`)
    analyzer = (await simulator.addDevice(ann, products.smartBodyAnalyzer)).deviceid
    await measureEverything(simulator, ann, analyzer)
    const webhookPort = await freePort()
    const platform = {
      platform: "Withings",
      name: "Withings",
      clientId: simulator.clientId,
      clientSecret: simulator.clientSecret,
      accountUrl: simulator.url,
      apiUrl: simulator.url,
      webhook: { publicUrl: `http://127.0.0.1:${webhookPort}`, port: webhookPort },
      ...everyChoice(ann),
    }
    const storage = path.join(folder, "storage")
    options = {
      storage,
      plugin,
      platforms: [platform],
      port: await freePort(),
      environment,
    }
    homebridge = await HomebridgeProcess.start(options)
    home = await HomeKitClient.pair(options.port)
    dialog = await SettingsDialog.open(plugin, storage, platform, environment)
  })

  afterEach(({ task }) => {
    if (task.result?.state === "fail") console.log(homebridge.lines.join("\n"))
  })

  afterAll(async () => {
    await home?.close()
    await homebridge?.stop()
    await simulator?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it("shows nothing but itself before anyone has signed in, and says what to do", async () => {
    await homebridge.line(/Nobody has signed in/)
    expect(await home.accessories()).toHaveLength(1)
  })

  it("shows a person's devices after the sign-in in the settings page, without a restart", async () => {
    expect(await dialog.connect(ann)).toEqual({ name: ann })
    accessories = await home.accessoriesWhen((seen) =>
      [scaleOfAnn, matOfAnn, ...allRules, ...otherNames].every((name) => has(name)(seen)),
    )
    await expect.poll(subscribedTo, { timeout: 60_000 }).toEqual(expect.arrayContaining(["1", "50", "51"]))
    expect(await dialog.ask("/status")).toMatchObject({
      configured: true,
      people: [{ name: ann, signedIn: true }],
    })
    expect(find(accessories, matOfAnn, apple.battery, apple.statusLowBattery).value).toBe(0)
  })

  it("shows every service there is with a true value, and each measure in its unit and range", async () => {
    for (const { of, service, type, ...truth } of trueValues)
      expect(find(accessories, of, service, type)).toMatchObject(truth)
    expect(allRules.map((name) => contact(name).value)).toEqual([1, 0, 0, expect.any(Number), 0, 1, 0])
    const told = measuresOf(accessories)
    expect(told.length).toBeGreaterThan(40)
    for (const { seen, kind } of told) {
      expect(seen).toMatchObject({ format: "float", unit: kind.unit?.symbol })
      expect(seen.min).toBe(Math.min(kind.min, Number(seen.value)))
      expect(seen.max).toBe(Math.max(kind.max, Number(seen.value)))
    }
    expect(measureNamed(accessories, /'s watch$/, "Blood oxygen").value).toBe(97)
    expect(measureNamed(accessories, /'s watch$/, "Atrial fibrillation (ECG)").value).toBe("Negative")
  })

  it("presses the button and tells the weight when someone weighs in", async () => {
    const button = find(accessories, scaleOfAnn, apple.programmableSwitch, apple.programmableSwitchEvent)
    const lux = find(accessories, /^Weight as lux/, apple.lightSensor, apple.currentAmbientLightLevel)
    // This client takes one subscription for each connection.
    await home.subscribe(
      characteristicsOf(accessories)
        .filter(({ tells }) => tells)
        .map(({ id }) => id),
    )
    await simulator.weigh(ann, 58.25)
    expect(await home.event(button.id)).toMatchObject({ value: 0 })
    await home.event(lux.id, 58.25)
    await home.event(measureNamed(accessories, scaleOfAnn, "Weight").id, 58.25)
    await home.event(contact(/^Heavy/).id, 0)
    expect(home.seen.filter((event) => event.id === button.id)).toHaveLength(1)
  })

  it("tells what each device measures, and each rule as it begins and ceases to hold", async () => {
    const temperature = (name: RegExp) =>
      find(accessories, name, apple.temperatureSensor, apple.currentTemperature).id
    const ofAir = (type: string) => find(accessories, /^Smart/, apple.carbonDioxideSensor, type).id
    await simulator.measure(ann, { type: meastype.carbonDioxide, value: 1250, deviceid: analyzer })
    await home.event(ofAir(apple.carbonDioxideDetected), 1)
    await home.event(ofAir(apple.carbonDioxideLevel), 1250)
    await simulator.measure(ann, { type: meastype.temperature, value: 233, unit: -1, deviceid: analyzer })
    await home.event(temperature(/^Smart Body Analyzer .*Temp/), 23.3)
    await simulator.takeTemperature(ann, 38.2)
    await home.event(temperature(/'s thermometer Body temp/), 38.2)
    await simulator.measureOxygen(ann, 91)
    await home.event(
      find(accessories, /as humidity/, apple.humiditySensor, apple.currentRelativeHumidity).id,
      91,
    )
    await home.event(contact(/^Low oxygen/).id, 1)
    await simulator.measureOxygen(ann, 96)
    await home.event(contact(/^Low oxygen/).id, 0)
    await simulator.recordEcg(ann, 1)
    await home.event(contact(/^AFib/).id, 1)
    await home.event(measureNamed(accessories, /'s watch$/, "Atrial fibrillation (ECG)").id, "Positive")
    await simulator.measureBloodPressure(ann, { systolic: 121, diastolic: 78, pulse: 62 })
    await home.event(contact(/^Unmeasured/).id, 0)
    await home.event(measureNamed(accessories, /'s blood pressure monitor$/, "Systolic pressure").id, 121)
    await simulator.weigh(ann, 35)
    await home.event(contact(/^Weight goal/).id, 1)
    const { steps } = await simulator.walk(ann, 30_000)
    await home.event(
      find(accessories, /^Steps as lux/, apple.lightSensor, apple.currentAmbientLightLevel).id,
      steps,
    )
    await home.readUntil(contact(/^Step goal/).id, 1)
    expect(homebridge.complaints).toEqual([])
  })

  it("tells who goes to bed, lies there for long and gets up", async () => {
    const occupied = (name: RegExp) =>
      find(accessories, name, apple.occupancySensor, apple.occupancyDetected).id
    const ids = [occupied(matOfAnn), occupied(/^Anyone in bed$/)]
    await simulator.goToBed(ann)
    await Promise.all(ids.map((id) => home.event(id, 1)))
    const long = contact(/^Long in bed/).id
    // Time alone is looked at once a minute; with any news it is at once.
    const news = async () => {
      await simulator.measureOxygen(ann, 97)
      return home.read(long)
    }
    await expect.poll(news, { timeout: 60_000, interval: 1000 }).toBe(1)
    const since = home.seen.length
    await simulator.getUp(ann)
    await Promise.all([...ids, long].map((id) => home.event(id, 0, since)))
  })

  it("keeps a name given in Home, and answers the last states at once after a restart, under the same ids", async () => {
    const name = find(accessories, matOfAnn, apple.occupancySensor, apple.configuredName)
    const occupied = find(accessories, matOfAnn, apple.occupancySensor, apple.occupancyDetected)
    await home.write(name.id, "My side")
    await simulator.goToBed(ann)
    await home.readUntil(occupied.id, 1)
    // What changes while Homebridge is down, or between two looks at the list of devices, which is read hourly.
    await simulator.setBattery(mat().deviceid, "low")
    bodyScan = (await simulator.addDevice(ann, products.bodyScan)).deviceid
    await dialog.close()
    await restart()
    expect(await home.read(occupied.id)).toBe(1)
    expect(await home.read(name.id)).toBe("My side")
    const now = await home.accessories()
    expect(idsOf(now)).toEqual(expect.arrayContaining(idsOf(accessories)))
  })

  it("warns of a low battery", async () => {
    await home.readUntil(find(accessories, matOfAnn, apple.battery, apple.statusLowBattery).id, 1)
    expect(await home.read(find(accessories, matOfAnn, apple.battery, apple.batteryLevel).id)).toBe(20)
  })

  it("adds a device that is new and removes one that is gone", async () => {
    const isShown = has(new RegExp(`^Body Scan ${ann}$`))
    expect(await home.accessoriesWhen(isShown)).toHaveLength(accessories.length + 1)
    await simulator.unlinkDevice(bodyScan)
    await restart()
    expect(await home.accessoriesWhen((seen) => !isShown(seen))).toHaveLength(accessories.length)
  })

  it("keeps the accessories of someone who has to sign in again, says so, and recovers", async () => {
    const fault = find(accessories, matOfAnn, apple.occupancySensor, apple.statusFault)
    const occupied = find(accessories, matOfAnn, apple.occupancySensor, apple.occupancyDetected)
    await simulator.faults.revokeConsent(ann)
    await home.readUntil(fault.id, 1)
    expect(await home.read(occupied.id)).toBe(1)
    await homebridge.line(/has to sign in again/)
    expect(homebridge.complaints.filter((line) => !/has to sign in again/.test(line))).toEqual([])
    dialog = await SettingsDialog.open(
      options.plugin ?? "",
      options.storage,
      options.platforms[0] ?? {},
      environment,
    )
    await dialog.connect(ann)
    await home.readUntil(fault.id, 0)
    await dialog.close()
  })

  it("runs on the newest Homebridge 1 as well, beside the folder of another", async () => {
    const storage = path.join(folder, "storage-of-1")
    const [platform] = options.platforms
    const home1 = path.join(options.storage, "withings")
    const older = await HomebridgeProcess.start({
      ...options,
      storage,
      platforms: [{ ...platform, home: home1, webhook: undefined }],
      port: await freePort(),
      bin: newestHomebridge1,
    })
    const client = await HomeKitClient.pair(older.port)
    try {
      const seen = await client.accessoriesWhen(has(scaleOfAnn))
      const button = find(seen, scaleOfAnn, apple.programmableSwitch, apple.programmableSwitchEvent)
      await client.subscribe([button.id])
      await simulator.weigh(ann, 59.1)
      expect(await client.event(button.id)).toMatchObject({ value: 0 })
      expect(older.complaints).toEqual([])
    } finally {
      await client.close()
      await older.stop("SIGKILL")
    }
  })
})
