import { Environment } from "@matter/main"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MatterNode } from "../src/MatterNode.ts"
import { release, softwareVersionOf } from "../src/release.ts"
import { toMatter } from "../src/toMatter.ts"
import { Controller, eventually } from "./controller.ts"
import { rules, wrongValues } from "./fixedValues.ts"
import * as the from "./household.ts"
import { type Shown, shownBy, type ShownBridge } from "./shown.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

Environment.default.vars.set("log.level", "fatal")
const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
const host = simulatedNetwork()
const plan = toMatter(the.everything, { ...the.noChoices, bodyTemperature: true, healthOf: ["Ann"] })
const ours = { version: softwareVersionOf(release), name: release }

let node: MatterNode
let controller: Controller
let bridge: ShownBridge

beforeAll(async () => {
  const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
  node = await MatterNode.create(folder, identity, plan, host(1))
  await node.start()
  controller = await Controller.start("values", host(2))
  const peer = await controller.commission(node.pairingCodes.manualPairingCode)
  await eventually("every endpoint", () => controller.bridged.size === plan.endpoints.length)
  const aggregator = [...peer.parts].find(({ number }) => number === 1)
  if (aggregator === undefined) throw new Error("The bridge has no endpoint 1")
  bridge = {
    root: shownBy(peer),
    aggregator: shownBy(aggregator),
    bridged: [...controller.bridged.values()].map(shownBy),
  }
})
afterAll(async () => {
  await node.close()
  await controller.close()
  rmSync(folder, { recursive: true })
})

/** The bridge with other values in one cluster of one endpoint. */
const spoilt = ({ cluster, on, wrong }: (typeof rules)[number]): ShownBridge => {
  const spoil = (of: Shown): Shown => ({
    ...of,
    clusters: { ...of.clusters, [cluster]: { ...of.clusters[cluster], ...wrong(of, bridge) } },
  })
  if (on !== "bridged") return { ...bridge, [on]: spoil(bridge[on]) }
  // The last one: what is the same as another's is then seen on both.
  const victim = bridge.bridged.findLast(({ clusters }) => clusters[cluster] !== undefined)
  return { ...bridge, bridged: bridge.bridged.map((of) => (of === victim ? spoil(of) : of)) }
}

describe("the values that a controller reads", () => {
  it("are those that the specification fixes", () => {
    expect(bridge.bridged).toHaveLength(plan.endpoints.length)
    expect(wrongValues(bridge, ours)).toEqual([])
  })

  it("include every cluster that a rule is about", () => {
    const clusters = new Set(
      [bridge.root, bridge.aggregator, ...bridge.bridged].flatMap(({ clusters }) => Object.keys(clusters)),
    )
    expect(rules.filter(({ cluster }) => !clusters.has(cluster))).toEqual([])
  })

  it.each(rules)("are found wrong where $cluster breaks the rule: $says", (rule) => {
    expect(wrongValues(spoilt(rule), ours).join("\n")).toContain(rule.says)
  })
})
