import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { freePort } from "../../../packages/core/test/freePort.ts"
import { HomebridgeProcess } from "./HomebridgeProcess.ts"
import { HomeKitClient, type SeenAccessory } from "./HomeKitClient.ts"
import { installPacked } from "./packedPlugin.ts"
import { SettingsDialog } from "./SettingsDialog.ts"

/** A household in which a port is taken at the start, and people move out. */
describe("homebridge-withings over the life of a household", () => {
  let folder: string
  let simulator: Simulator
  let homebridge: HomebridgeProcess
  let home: HomeKitClient
  let dialog: SettingsDialog
  let other: Server
  let webhookPort: number
  let names: ReadonlyArray<string>

  const namesOf = (seen: ReadonlyArray<SeenAccessory>) => seen.map(({ name }) => name)
  const belongsTo = (name: string) => (accessory: string) => accessory.includes(name)
  const said = (pattern: RegExp) => homebridge.lines.filter((line) => pattern.test(line))
  const subscribed = () =>
    simulator.requests.some(({ action, status }) => action === "subscribe" && status === 0)
  const peopleOnPage = async () => {
    const status = await dialog.ask("/status")
    return Object(status).people as ReadonlyArray<{ readonly id: string; readonly name: string }>
  }
  const remove = async (name: string) => {
    const id = (await peopleOnPage()).find((person) => person.name === name)?.id
    await dialog.ask("/remove", { id, history: "delete" })
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "homebridge-life-"))
    const plugin = await installPacked(path.join(folder, "installed"))
    simulator = await startSimulator({ years: 0.1, requestsPerMinute: 10_000 })
    names = simulator.persons.slice(0, 2).map(({ name }) => name)
    webhookPort = await freePort()
    other = createServer().listen(webhookPort, "127.0.0.1")
    await once(other, "listening")
    const platform = {
      platform: "Withings",
      name: "Withings",
      clientId: simulator.clientId,
      clientSecret: simulator.clientSecret,
      accountUrl: simulator.url,
      apiUrl: simulator.url,
      rules: [{ name: "Heavy", when: "above", measure: "weight", value: 10 }],
    }
    const webhook = { publicUrl: `http://127.0.0.1:${webhookPort}`, port: webhookPort }
    const storage = path.join(folder, "storage")
    const port = await freePort()
    homebridge = await HomebridgeProcess.start({
      storage,
      plugin,
      platforms: [{ ...platform, webhook }],
      port,
      environment: { WITHINGS_POLL_EVERY: "1" },
    })
    home = await HomeKitClient.pair(port)
    // Without webhooks, so that it is the plugin that wants the port.
    dialog = await SettingsDialog.open(plugin, storage, platform)
  })

  afterEach(({ task }) => {
    if (task.result?.state === "fail") console.log(homebridge.lines.join("\n"))
  })

  afterAll(async () => {
    other?.close()
    await home?.close()
    await dialog?.close()
    await homebridge?.stop()
    await simulator?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it("warns once that another program uses the webhook port, and says once that it is over", async () => {
    const taken = new RegExp(`another program uses port ${webhookPort} of 127.0.0.1`)
    await homebridge.line(taken)
    for (const name of names) await dialog.connect(name)
    // It is tried again every few seconds: by the time the household is there, some tries have failed.
    await home.accessoriesWhen((seen) => names.every((name) => namesOf(seen).some(belongsTo(name))))
    expect(said(taken)).toHaveLength(1)
    other.close()
    await homebridge.line(/Resolved: Webhooks cannot be received/)
    await expect.poll(subscribed, { timeout: 60_000 }).toBe(true)
    expect(said(taken)).toHaveLength(2)
    expect(said(/Resolved/)).toHaveLength(1)
  })

  it("takes a removed person's accessories out of a paired home, and leaves the others", async () => {
    const [first = "", second = ""] = names
    await remove(first)
    const left = await home.accessoriesWhen((seen) => !namesOf(seen).some(belongsTo(first)))
    expect(namesOf(left).filter(belongsTo(second)).length).toBeGreaterThan(1)
    expect(namesOf(left)).toContain(`Heavy ${second}`)
    await homebridge.line(new RegExp(`No longer in Home: .*${first}`))
    expect((await peopleOnPage()).map(({ name }) => name)).toEqual([second])
  })

  it("leaves nothing but the bridge when the last person is removed", async () => {
    const [, second = ""] = names
    await remove(second)
    expect(await home.accessoriesWhen((seen) => seen.length === 1)).toHaveLength(1)
    expect(homebridge.complaints.filter((line) => !/another program uses port/.test(line))).toEqual([])
  })
})
