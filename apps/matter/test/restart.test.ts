import { type Endpoint, Environment, Network, NetworkSimulator } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { PowerSourceClient } from "@matter/main/behaviors/power-source"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { SubscriptionsServer } from "@matter/main/node"
import { MdnsService } from "@matter/main/protocol"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { nodeId } from "../src/BridgeServer.ts"
import { MatterNode } from "../src/MatterNode.ts"
import { buttonId, toMatter } from "../src/toMatter.ts"
import { Controller, eventually } from "./controller.ts"
import * as the from "./household.ts"

Environment.default.vars.set("log.level", process.env["LOG"] ?? "fatal")
const simulator = new NetworkSimulator()
let isCut = false
simulator.router.intercept((packet, route) => {
  if (!isCut) route(packet)
})
const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
/** Milliseconds, on a busy machine too: a controller that was not told by the bridge notices after 105 s. */
const soon = 60_000
const button = buttonId(the.mat.id, "measured")

const planOf = (inBed: number, battery: number) =>
  toMatter(
    the.household({
      ...the.mat,
      features: [the.inBed(the.reading(inBed)), the.measured, the.battery(the.reading(battery))],
    }),
    the.noChoices,
  )

/** With its storage in files, which outlive the node. */
const onHost = (number: number, folder: string) => {
  const environment = new Environment(`host-${number}`, Environment.default)
  environment.set(Network, simulator.addHost(number))
  environment.set(MdnsService, new MdnsService(environment))
  environment.vars.set("storage.path", folder)
  return environment
}

let folder: string
let environment: Environment
let node: MatterNode
let controller: Controller

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
  environment = onHost(1, folder)
  node = await MatterNode.create(folder, identity, planOf(0, 3), environment)
  await node.start()
  controller = await Controller.start("restart", onHost(2, join(folder, "controller")))
  await controller.commission(node.pairingCodes.manualPairingCode)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await node.close()
  await controller.close()
  rmSync(folder, { recursive: true })
})

const named = (name: string): Promise<Endpoint> =>
  eventually(`an endpoint named ${name}`, () =>
    [...controller.bridged.values()].find(
      (endpoint) => endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel === name,
    ),
  )

it("shows a controller what changed during a restart and after it, with one press", async () => {
  const bed = await named("Ann's bed")
  let presses = 0
  ;(await named("Ann's night")).eventsOf(SwitchClient).initialPress?.on(() => void presses++)
  await node.close()

  node = await MatterNode.create(folder, identity, planOf(1, 3), environment)
  await node.start()
  const isOccupied = () => bed.stateOf(OccupancySensingClient).occupancy.occupied === true
  await eventually("what changed during the restart", isOccupied, soon)
  await node.show(planOf(1, 1))
  await eventually("what changed after it", () => bed.stateOf(PowerSourceClient).batChargeLevel === 1, soon)
  await node.press(button)
  await eventually("the press", () => presses > 0, soon)
  await node.show(planOf(0, 1))
  await eventually("whatever comes after the press", () => !isOccupied(), soon)
  expect(presses).toBe(1)
})

const file = () => join(folder, nodeId, "root.subscriptions.subscriptions")
const keptIds = (): ReadonlyArray<number> => {
  const kept: ReadonlyArray<{ subscriptionId: number }> = existsSync(file())
    ? JSON.parse(readFileSync(file(), "utf8"))
    : []
  return kept.map(({ subscriptionId }) => subscriptionId)
}
const kept = () => keptIds().length

it("leaves what controllers subscribed to to the next process when it is killed before it reached them", async () => {
  await eventually("the subscription of the first pairing", () => kept() === 1, soon)
  await node.close()
  node = await MatterNode.create(folder, identity, planOf(1, 3), environment)
  expect(kept()).toBe(1)
})

/** Starts the bridge while no controller answers. */
const startCutOff = async () => {
  await node.close()
  isCut = true
  node = await MatterNode.create(folder, identity, planOf(1, 3), environment)
  await node.start()
  isCut = false
}

it("reaches a controller that did not answer at first", async () => {
  const bed = await named("Ann's bed")
  await startCutOff()
  const isOccupied = () => bed.stateOf(OccupancySensingClient).occupancy.occupied === true
  await eventually("what changed during the restart", isOccupied, soon)
  expect(kept()).toBe(1)
})

it("tries again when an attempt to reach a controller ended by an error", async () => {
  const bed = await named("Ann's bed")
  await node.close()
  const attempt = vi
    .spyOn(SubscriptionsServer.prototype, "reestablishFormerSubscriptions")
    .mockRejectedValueOnce(new Error("no socket"))
  node = await MatterNode.create(folder, identity, planOf(1, 3), environment)
  await node.start()
  const isOccupied = () => bed.stateOf(OccupancySensingClient).occupancy.occupied === true
  await eventually("what changed during the restart", isOccupied, soon)
  expect(attempt.mock.calls.length).toBeGreaterThan(1)
})

it("forgets a subscription that its controller has replaced meanwhile", async () => {
  await eventually("the subscription of the first pairing", () => kept() === 1, soon)
  const [before] = keptIds()
  await startCutOff()
  await controller.peer?.stop()
  await controller.peer?.start()
  const isReplaced = () => kept() === 1 && keptIds()[0] !== before
  await eventually("the new subscription alone", isReplaced, soon)
  expect(keptIds()).not.toContain(before)
})

it("ends in silence while it tries to reach a controller", async () => {
  await startCutOff()
  await node.close()
  await setTimeout(4_000)
  node = await MatterNode.create(folder, identity, planOf(1, 3), environment)
  expect(kept()).toBe(1)
})

it("keeps what controllers subscribed to for the next process, from the first pairing on and after a reset", async () => {
  await eventually("the subscription of the first pairing", () => kept() === 1, soon)
  await node.erase()
  expect(kept()).toBe(0)
  await controller.peer?.delete()
  await controller.commission(node.pairingCodes.manualPairingCode)
  await eventually("the subscription after the reset", () => kept() === 1, soon)
})
