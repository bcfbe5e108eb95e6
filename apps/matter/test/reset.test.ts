import { Environment } from "@matter/main"
import { BasicInformationClient } from "@matter/main/behaviors/basic-information"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { PowerSourceClient } from "@matter/main/behaviors/power-source"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { DescriptorId } from "@withings-bridge/core"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MatterNode } from "../src/MatterNode.ts"
import { tellPairing } from "../src/pairing.ts"
import { release, softwareVersionOf } from "../src/release.ts"
import { buttonId, toMatter } from "../src/toMatter.ts"
import { Controller, eventually } from "./controller.ts"
import * as the from "./household.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

Environment.default.vars.set("log.level", "fatal")
const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
const host = simulatedNetwork()
const port = 5540
const mat = "aa".padEnd(24, "0")

const inBed = (value: number) =>
  toMatter(
    the.household({ ...the.mat, features: [the.inBed(the.reading(value)), ...the.mat.features.slice(1)] }),
    the.noChoices,
  )

let node: MatterNode
let hosts = 1

beforeAll(async () => {
  const identity = { port, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
  node = await MatterNode.create(folder, identity, inBed(0), host(1))
  node.onPairingChanged(() => void tellPairing(folder, node, port))
  await node.start()
})
afterAll(async () => {
  await node.close()
  rmSync(folder, { recursive: true })
})

const pairingFile = () => JSON.parse(readFileSync(join(folder, "pairing.json"), "utf8"))

const newController = async () => {
  const controller = await Controller.start(`home-${++hosts}`, host(hosts))
  await controller.commission(await node.settled(() => node.pairingCodes.manualPairingCode))
  return controller
}

const endpoint = (controller: Controller, name: string) =>
  eventually(`the endpoint ${name}`, () =>
    [...controller.bridged.values()].find(
      (each) => each.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel === name,
    ),
  )
const button = (controller: Controller) => endpoint(controller, "Ann's night")
const bed = (controller: Controller) => endpoint(controller, "Ann's bed")

/** One press and one move, each seen as exactly one event. */
const expectEvents = async (controller: Controller) => {
  const seen: Array<string> = []
  const sensor = await bed(controller)
  const occupied = sensor.stateOf(OccupancySensingClient).occupancy.occupied === true
  sensor.eventsOf(OccupancySensingClient).occupancyChanged?.on(({ occupancy }) => {
    seen.push(`in bed ${String(occupancy.occupied)}`)
  })
  ;(await button(controller)).eventsOf(SwitchClient).initialPress?.on(() => {
    seen.push("press")
  })
  await node.press(buttonId(DescriptorId(mat), "measured"))
  await node.show(inBed(occupied ? 0 : 1))
  await eventually("both events", () => seen.length >= 2, 60_000)
  // Whatever was sent twice would have come before this one.
  await node.show(inBed(occupied ? 1 : 0))
  await eventually("the move back", () => seen.length >= 3, 60_000)
  expect(seen).toEqual(["press", `in bed ${String(!occupied)}`, `in bed ${String(occupied)}`])
}

const idsOf = async (controller: Controller) => {
  const { serialNumber, uniqueId } = (await bed(controller)).stateOf(BridgedDeviceBasicInformationClient)
  return [serialNumber, uniqueId, controller.peer?.stateOf(BasicInformationClient).uniqueId]
}

/** Each way to end up without any controller. */
const ways: ReadonlyArray<readonly [string, (controller: Controller) => Promise<unknown>]> = [
  ["a factory reset", () => node.erase()],
  ["the bridge removed its last controller", () => node.removeFabric(1)],
  ["the last controller left by itself", async ({ peer }) => peer?.decommission()],
]

describe("a controller", () => {
  it("gets each event once, and is told what the specification fixes", async () => {
    const controller = await newController()
    await expectEvents(controller)
    const sensor = await bed(controller)
    expect(sensor.stateOf(PowerSourceClient).endpointList).toEqual([sensor.number])
    expect(sensor.stateOf(BridgedDeviceBasicInformationClient).softwareVersionString).toBe(release)
    expect(controller.peer?.stateOf(BasicInformationClient)).toMatchObject({
      softwareVersion: softwareVersionOf(release),
      softwareVersionString: release,
    })
    await eventually("the file to know of it", () => pairingFile().commissioned === true)
    await node.erase()
    await controller.close()
  })

  it.each(ways)("after %s: all is new but the numbers, and each event comes once", async (_, leave) => {
    const before = await newController()
    const numbers = [...before.bridged.keys()]
    const ids = await idsOf(before)
    const code = pairingFile().manualPairingCode
    await leave(before)
    await eventually("the file to show new codes", () => pairingFile().manualPairingCode !== code)
    expect(pairingFile()).toMatchObject({ commissioned: false, fabrics: [] })
    await before.close()

    const after = await newController()
    await eventually("the file to know of it", () => pairingFile().commissioned === true)
    expect([...after.bridged.keys()]).toEqual(numbers)
    for (const [index, id] of (await idsOf(after)).entries()) {
      expect(id).toBeTruthy()
      expect(id).not.toBe(ids[index])
    }
    await expectEvents(after)
    await node.erase()
    await after.close()
  })
})
