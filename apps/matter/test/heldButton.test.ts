import { Environment, Network, NetworkSimulator } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { MdnsService } from "@matter/main/protocol"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { nodeId } from "../src/BridgeServer.ts"
import { MatterNode } from "../src/MatterNode.ts"
import { buttonId, toMatter } from "../src/toMatter.ts"
import { Controller, eventually } from "./controller.ts"
import * as the from "./household.ts"

Environment.default.vars.set("log.level", "fatal")
const simulator = new NetworkSimulator()
const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
const plan = toMatter(the.household(the.mat), the.noChoices)
const button = buttonId(the.mat.id, "measured")

/** With its storage in files, since the test writes one. */
const onHost = (number: number) => {
  const environment = new Environment(`host-${number}`, Environment.default)
  environment.set(Network, simulator.addHost(number))
  environment.set(MdnsService, new MdnsService(environment))
  return environment
}

it("presses a button that a kill in the middle of a press left held", async () => {
  const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
  const before = await MatterNode.create(folder, identity, plan, onHost(1))
  await before.press(button)
  await before.close()
  const position = join(folder, nodeId, `root.parts.aggregator.parts.${button}.switch.currentPosition`)
  expect(existsSync(position)).toBe(true)
  writeFileSync(position, "1")

  const node = await MatterNode.create(folder, identity, plan, onHost(2))
  await node.start()
  const environment = onHost(3)
  environment.vars.set("storage.path", join(folder, "controller"))
  const controller = await Controller.start("held", environment)
  await controller.commission(node.pairingCodes.manualPairingCode)
  const seen = await eventually("the button", () =>
    [...controller.bridged.values()].find(
      (endpoint) => endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel === "Ann's night",
    ),
  )
  expect(seen.stateOf(SwitchClient).currentPosition).toBe(0)
  let presses = 0
  seen.eventsOf(SwitchClient).initialPress?.on(() => void presses++)
  await node.press(button)
  await eventually("the press", () => presses > 0)
  expect(presses).toBe(1)
  await node.close()
  await controller.close()
  rmSync(folder, { recursive: true })
})
