import { Environment, Matter } from "@matter/main"
import { AdministratorCommissioningClient } from "@matter/main/behaviors/administrator-commissioning"
import { BasicInformationClient } from "@matter/main/behaviors/basic-information"
import { BooleanStateConfigurationClient } from "@matter/main/behaviors/boolean-state-configuration"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { PowerSourceClient } from "@matter/main/behaviors/power-source"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { type Household, DescriptorId } from "@withings-bridge/core"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readBook } from "../src/bookFile.ts"
import { healthCluster } from "../src/HealthServer.ts"
import { MatterNode } from "../src/MatterNode.ts"
import { buttonId, toMatter } from "../src/toMatter.ts"
import { deviations } from "./conformance.ts"
import { Controller, eventually } from "./controller.ts"
import * as the from "./household.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

Environment.default.vars.set("log.level", "error")
const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
const host = simulatedNetwork()

const rules = the.device("ee", "Person", [the.rule("Heavy", the.reading(1))], { deviceClass: "person" })
const planOf = ({ descriptors, ...household }: Household) =>
  toMatter(
    { ...household, descriptors: [...descriptors, rules] },
    { ...the.noChoices, bodyTemperature: true, healthOf: ["Ann"] },
  )
const plan = planOf(the.everything)

let node: MatterNode
let controller: Controller

beforeAll(async () => {
  const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
  node = await MatterNode.create(folder, identity, plan, host(1))
  expect(node.windowUntil).toBeNull()
  await node.start()
  expect(node.windowUntil).not.toBeNull()
  controller = await Controller.start("first", host(2))
  await controller.commission(node.pairingCodes.manualPairingCode)
})
afterAll(async () => {
  // The other way round the node would wait 13 s for a controller that is gone.
  await node.close()
  await controller.close()
  rmSync(folder, { recursive: true })
})

/** The book says which number the controller sees it under. */
const endpointOf = (id: string, of = controller) => {
  const { numbers } = readBook(folder)
  const name = plan.endpoints.find((endpoint) => endpoint.id.endsWith(id))?.id ?? ""
  return of.bridged.get(numbers[name] ?? Number.NaN)
}
const present = (id: string, of = controller) => eventually(`the endpoint ${id}`, () => endpointOf(id, of))

describe("a controller that knows nothing of Withings", () => {
  it("sees every endpoint with every attribute as planned", async () => {
    expect(controller.bridged.size).toBe(plan.endpoints.length)
    for (const { id, device, fixed, live } of plan.endpoints.filter(({ device }) => device !== "health")) {
      const endpoint = await present(id)
      for (const clusters of [fixed, live])
        for (const [cluster, attributes] of Object.entries(clusters))
          expect(endpoint.stateOf(cluster), `${device} ${cluster}`).toMatchObject(attributes)
    }
  })

  it("finds the health values under their numbers", async () => {
    const health = await present("-health")
    expect(health.stateOf("cluster$fff1fc01")).toMatchObject({ attr$0: 72_400, attr$1: the.at, attr$a: null })
  })

  it("finds each endpoint conformant to the specification", () => {
    expect([...controller.bridged.values()].flatMap(deviations)).toEqual([])
  })
})

describe("a controller that subscribed", () => {
  const occupancy = async () => (await present("-in-bed")).stateOf(OccupancySensingClient).occupancy.occupied
  const reachable = async (id: string) =>
    (await present(id)).stateOf(BridgedDeviceBasicInformationClient).reachable

  const changed = (mat: Household["descriptors"][number]) =>
    planOf({ ...the.everything, descriptors: [mat, ...the.everything.descriptors.slice(1)] })
  const matWith = (inBed: ReturnType<typeof the.reading> | null, battery: number) => ({
    ...the.mat,
    features: [the.inBed(inBed), the.measured, the.battery(the.reading(battery))],
  })

  it("gets bed out and bed in, one write each, with their events", async () => {
    const events: Array<boolean | undefined> = []
    const bed = await present("-in-bed")
    bed.eventsOf(OccupancySensingClient).occupancyChanged?.on(({ occupancy }) => {
      events.push(occupancy.occupied)
    })
    expect(await node.show(changed(matWith(the.reading(0), 3)))).toBe(1)
    await eventually("bed out", () => events.length === 1)
    expect(await occupancy()).toBe(false)
    expect(await node.show(changed(matWith(the.reading(1), 3)))).toBe(1)
    await eventually("bed in", () => events.length === 2)
    expect(events).toEqual([false, true])
    expect(await node.show(changed(matWith(the.reading(1, { at: the.at + 60 }), 3)))).toBe(0)
  })

  it("gets a low battery", async () => {
    await node.show(changed(matWith(the.reading(1), 1)))
    const bed = await present("-in-bed")
    await eventually("battery low", () => bed.stateOf(PowerSourceClient).batChargeLevel === 1)
    expect(bed.stateOf(PowerSourceClient).batPercentRemaining).toBeUndefined()
  })

  it("gets each press of a burst, for its own person and device only", async () => {
    const presses: Array<string> = []
    for (const id of ["aa", "bb"]) {
      const button = await present(`${id.padEnd(24, "0")}-measured`)
      button.eventsOf(SwitchClient).initialPress?.on(() => {
        presses.push(id)
      })
    }
    for (let press = 0; press < 3; press++)
      await node.press(buttonId(DescriptorId("bb".padEnd(24, "0")), "measured"))
    await eventually("three presses", () => presses.length === 3)
    expect(presses).toEqual(["bb", "bb", "bb"])
  })

  it("sees a lost sign-in as unreachable, and its return", async () => {
    const lost = { ...matWith(the.reading(0, { stale: true }), 3), availability: "sign-in-needed" as const }
    const events: Array<boolean> = []
    const bed = await present("-in-bed")
    bed.eventsOf(BridgedDeviceBasicInformationClient).reachableChanged.on(({ reachableNewValue }) => {
      events.push(reachableNewValue)
    })
    await node.show(changed(lost))
    await eventually("unreachable", () => events.length === 1)
    expect([await reachable("-in-bed"), await occupancy()]).toEqual([false, false])
    const fault = () => bed.stateOf(BooleanStateConfigurationClient).sensorFault?.generalFault
    await eventually("a fault", () => fault() === true)
    await node.show(changed(matWith(the.reading(1), 3)))
    await eventually("reachable again", () => events.length === 2)
    expect([await reachable("-in-bed"), await occupancy()]).toEqual([true, true])
    await eventually("no fault any more", () => fault() === false)
  })

  it("sees a device go and come back under its number, and a new one under a new number", async () => {
    const numberOf = async (id: string) => (await present(id)).number
    const version = () => controller.peer?.stateOf(BasicInformationClient).configurationVersion ?? 0
    const before = await numberOf("aa".padEnd(24, "0") + "-in-bed")
    const highest = Math.max(...controller.bridged.keys())
    const versionBefore = version()

    await node.show(changed({ ...the.mat, availability: "unlinked" }))
    await eventually("the mat to go", () => !controller.bridged.has(before))
    const added = the.device("ee", "Body+", [the.measured])
    await node.show(planOf({ ...the.everything, descriptors: [...the.everything.descriptors, added] }))
    await eventually("both", () => controller.bridged.has(before) && controller.bridged.has(highest + 1))
    expect(await numberOf("-in-bed")).toBe(before)
    await eventually("a higher configurationVersion", () => version() >= versionBefore + 2)
  })
})

describe("a second controller", () => {
  it("joins with a new window, knows the vendor cluster when told, and leaves without the first", async () => {
    expect(node.windowUntil).toBeNull()
    await node.openWindow()
    expect(node.windowUntil).toBeGreaterThan(Date.now() / 1000 + 800)
    const second = await Controller.start("second", host(3), Matter.withClusters(healthCluster))
    await second.commission(node.pairingCodes.manualPairingCode)
    expect(node.fabrics.map(({ label }) => label)).toEqual(["first", "second"])
    expect(node.windowUntil).toBeNull()
    const health = await present("-health", second)
    expect(health.stateOf("withingsHealth")).toMatchObject({
      weight: 72_400,
      weightTime: the.at,
      systolic: null,
    })

    expect(await node.removeFabric(2)).toBe(true)
    expect(await node.removeFabric(7)).toBe(false)
    await eventually("the second fabric to be gone", () => node.fabrics.length === 1)
    expect(node.commissioned).toBe(true)
    await second.close()
  })

  it("is told who holds a window that a controller opened, and for how long", async () => {
    const administrator = controller.peer?.commandsOf(AdministratorCommissioningClient)
    await administrator?.openCommissioningWindow({
      commissioningTimeout: 300,
      pakePasscodeVerifier: randomBytes(97),
      discriminator: 1234,
      iterations: 1000,
      salt: randomBytes(32),
    })
    await expect(node.openWindow()).rejects.toThrow(
      /^first \(number 1\) has a pairing window .* for 5 more minutes/,
    )
    await administrator?.revokeCommissioning()
    await node.openWindow()
  })

  it("can join again after the last controller was removed", async () => {
    await node.removeFabric(1)
    await eventually("an open window", () => !node.commissioned && node.windowUntil !== null)
    const third = await Controller.start("third", host(4))
    await third.commission(node.pairingCodes.manualPairingCode)
    expect(node.fabrics.map(({ label }) => label)).toEqual(["third"])
    await controller.close()
    controller = third
  })
})
