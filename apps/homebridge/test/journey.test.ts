import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { products, type Simulator, startSimulator } from "@withings-bridge/simulator"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { freePort, type HomebridgeOptions, HomebridgeProcess } from "./HomebridgeProcess.ts"
import { apple, find, HomeKitClient, type SeenAccessory } from "./HomeKitClient.ts"
import { installPacked } from "./packedPlugin.ts"
import { SettingsDialog } from "./SettingsDialog.ts"

/** One household from the first sign-in on, in the order a user lives it: each step stands on the one before. */
const newestHomebridge1 = fileURLToPath(
  new URL("../node_modules/homebridge-1/bin/homebridge", import.meta.url),
)
const environment = { WITHINGS_POLL_EVERY: "1" }

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
  const idsOf = (seen: ReadonlyArray<SeenAccessory>) => seen.map((one) => `${one.aid} ${one.name}`)
  const has = (pattern: RegExp) => (seen: ReadonlyArray<SeenAccessory>) =>
    seen.some((one) => pattern.test(one.name))

  const subscribedTo = () =>
    simulator.requests
      .filter(
        (request) => request.path === "/notify" && request.action === "subscribe" && request.status === 0,
      )
      .map((request) => request.params["appli"])

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "homebridge-withings-"))
    const plugin = await installPacked(path.join(folder, "installed"))
    simulator = await startSimulator({ years: 1 })
    ann = simulator.persons[0]?.name ?? ""
    scaleOfAnn = new RegExp(`^Body.* ${ann}$`)
    matOfAnn = new RegExp(`^Aura Sensor V2 ${ann}$`)
    const webhookPort = await freePort()
    const platform = {
      platform: "Withings",
      name: "Withings",
      clientId: simulator.clientId,
      clientSecret: simulator.clientSecret,
      accountUrl: simulator.url,
      apiUrl: simulator.url,
      webhook: { publicUrl: `http://127.0.0.1:${webhookPort}`, port: webhookPort },
      bodyTemperature: true,
      rules: [{ name: "Heavy", when: "above", measure: "weight", value: 60, person: ann }],
      standIns: [{ measure: "weight", as: "lux" }],
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
    accessories = await home.accessoriesWhen(
      (seen) => has(scaleOfAnn)(seen) && has(matOfAnn)(seen) && has(/^Heavy/)(seen),
    )
    await expect.poll(subscribedTo, { timeout: 60_000 }).toEqual(expect.arrayContaining(["1", "50", "51"]))
    expect(await dialog.ask("/status")).toMatchObject({
      configured: true,
      people: [{ name: ann, signedIn: true }],
    })
    expect(find(accessories, matOfAnn, apple.battery, apple.statusLowBattery).value).toBe(0)
    expect(find(accessories, /^Heavy/, apple.contactSensor, apple.contactSensorState).value).toBe(1)
    expect(
      find(accessories, /^Thermo/, apple.temperatureSensor, apple.currentTemperature).value,
    ).toBeGreaterThan(30)
  })

  it("presses the button and tells the weight when someone weighs in", async () => {
    const button = find(accessories, scaleOfAnn, apple.programmableSwitch, apple.programmableSwitchEvent)
    const lux = find(accessories, scaleOfAnn, apple.lightSensor, apple.currentAmbientLightLevel)
    // This client takes one subscription for each connection.
    const occupied = find(accessories, matOfAnn, apple.occupancySensor, apple.occupancyDetected)
    await home.subscribe([button.id, lux.id, occupied.id])
    await simulator.weigh(ann, 58.25)
    expect(await home.event(button.id)).toMatchObject({ value: 0 })
    await home.event(lux.id, 58.25)
    const weight = accessories
      .filter((one) => scaleOfAnn.test(one.name))
      .flatMap((one) => one.services.flatMap((service) => service.characteristics))
      .find((characteristic) => characteristic.description === "Weight")
    expect(weight?.unit).toBe("kg")
    await home.readUntil(weight?.id ?? "", 58.25)
    await home.readUntil(find(accessories, /^Heavy/, apple.contactSensor, apple.contactSensorState).id, 0)
    expect(home.seen.filter((event) => event.id === button.id)).toHaveLength(1)
  })

  it("tells who goes to bed and gets up", async () => {
    const occupied = find(accessories, matOfAnn, apple.occupancySensor, apple.occupancyDetected)
    await simulator.goToBed(ann)
    expect(await home.event(occupied.id, 1)).toMatchObject({ value: 1 })
    const since = home.seen.length
    await simulator.getUp(ann)
    expect(await home.event(occupied.id, 0, since)).toMatchObject({ value: 0 })
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
