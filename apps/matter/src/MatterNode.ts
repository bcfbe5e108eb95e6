import { Endpoint, Environment, FabricIndex, ServerNode, VendorId } from "@matter/main"
import { BasicInformationServer } from "@matter/main/behaviors/basic-information"
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator"
import { SubscriptionsServer } from "@matter/main/node"
import { FabricManager } from "@matter/main/protocol"
import { PlanApplier } from "./applyPlan.ts"
import { readBook, writeBook } from "./bookFile.ts"
import type { Plan } from "./Plan.ts"

export interface NodeIdentity {
  readonly port: number
  readonly vendorId: number
  readonly productId: number
  readonly name: string
}

/** A fabric as users know it: one controller's home. */
export interface FabricInfo {
  readonly index: number
  readonly label: string
  readonly vendorId: number
  readonly vendor: string
}

/** The Matter node: an aggregator with the endpoints of a plan. Everything it keeps is in one folder. */
export class MatterNode {
  readonly #server: ServerNode
  readonly #applier: PlanApplier
  readonly #folder: string
  #windowUntil: number | null = null

  private constructor(server: ServerNode, applier: PlanApplier, folder: string) {
    this.#server = server
    this.#applier = applier
    this.#folder = folder
  }

  /** Makes the node with all endpoints of the first plan, still offline: controllers never see it half made. */
  static async create(
    folder: string,
    identity: NodeIdentity,
    first: Plan,
    environment = Environment.default,
  ): Promise<MatterNode> {
    environment.vars.set("storage.path", folder)
    const server = await ServerNode.create({
      id: nodeId,
      environment,
      network: { port: identity.port },
      productDescription: { name: identity.name, deviceType: AggregatorEndpoint.deviceType },
      basicInformation: {
        vendorId: VendorId(identity.vendorId),
        vendorName: "withings-bridge",
        productId: identity.productId,
        productName: identity.name,
        productLabel: "Measures at home",
        nodeLabel: identity.name,
        hardwareVersion: 1,
        hardwareVersionString: "1",
        softwareVersion: 1,
        softwareVersionString: "0.0.0",
      },
    })
    // matter.js loads it only when a node starts already commissioned: without this line the subscriptions of the
    // process that was commissioned are not kept, and its first restart takes controllers 105 s to notice.
    await server.act((agent) => agent.load(SubscriptionsServer))
    const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator", number: 1 })
    await server.add(aggregator)
    const node = new MatterNode(server, new PlanApplier(aggregator, readBook(folder)), folder)
    // matter.js opens one whenever it comes up unpaired: at first, and after the last controller left.
    server.lifecycle.online.on(() => {
      if (!node.commissioned) node.#windowOpened()
    })
    server.events.commissioning.fabricsChanged.on((_, action) => {
      // Whoever is let in closes the window.
      if (action === "added") node.#windowUntil = null
    })
    await node.show(first)
    return node
  }

  /** Brings all endpoints to the plan; answers how many clusters were written. */
  async show(plan: Plan): Promise<number> {
    const applied = await this.#applier.apply(plan)
    if (applied.structureChanged) {
      writeBook(this.#folder, this.#applier.book)
      await this.#server.act((agent) => agent.get(BasicInformationServer).increaseConfigurationVersion())
    }
    return applied.writes
  }

  press(descriptorId: string): Promise<void> {
    return this.#applier.press(descriptorId)
  }

  start(): Promise<void> {
    return this.#server.start()
  }

  hush(): void {
    this.#server.env.vars.set("log.level", "fatal")
  }

  close(): Promise<void> {
    return this.#server.close()
  }

  /** Forgets every fabric, subscription and code; endpoint numbers keep their meaning. */
  erase(): Promise<void> {
    return this.#server.erase()
  }

  get pairingCodes() {
    return this.#server.state.commissioning.pairingCodes
  }

  get commissioned(): boolean {
    return this.#server.state.commissioning.commissioned
  }

  get fabrics(): ReadonlyArray<FabricInfo> {
    return Object.values(this.#server.state.commissioning.fabrics).map(
      ({ fabricIndex, label, rootVendorId }) => ({
        index: fabricIndex,
        label,
        vendorId: rootVendorId,
        vendor: knownVendors[rootVendorId] ?? `vendor ${rootVendorId}`,
      }),
    )
  }

  /** Called whenever a fabric was added, changed or removed. */
  onFabricsChanged(listener: () => void): void {
    this.#server.events.commissioning.fabricsChanged.on(listener)
  }

  /** Lets one more controller in with the same codes, for 15 minutes. */
  async openWindow(): Promise<void> {
    await this.#server.act((agent) => agent.commissioning.enterCommissionableMode())
    this.#windowOpened()
  }

  /** Until when the codes let a controller in, epoch seconds; null: no window is open. */
  get windowUntil(): number | null {
    return this.#windowUntil !== null && this.#windowUntil > Date.now() / 1000 ? this.#windowUntil : null
  }

  #windowOpened() {
    this.#windowUntil = Math.floor(Date.now() / 1000) + windowLasts
  }

  /** False when there is no such fabric. */
  async removeFabric(index: number): Promise<boolean> {
    const fabric = this.#server.env.get(FabricManager).maybeFor(FabricIndex(index))
    if (fabric === undefined) return false
    await fabric.leave()
    return true
  }
}

export const nodeId = "withings-bridge"

/** Seconds: what matter.js takes unless told otherwise, the longest that Matter allows for these codes. */
const windowLasts = 900

/** Root vendor ids of the usual controllers, as the CSA lists them. */
const knownVendors: Readonly<Record<number, string>> = {
  0x1349: "Apple Home",
  0x1384: "Apple Keychain",
  0x6006: "Google",
  0x1217: "Amazon Alexa",
  0x10e1: "SmartThings",
  0x134b: "Home Assistant",
}
