import { Turns } from "@withings-bridge/core"
import { Endpoint, Environment, FabricIndex } from "@matter/main"
import { BasicInformationServer } from "@matter/main/behaviors/basic-information"
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator"
import { FabricManager } from "@matter/main/protocol"
import { PlanApplier } from "./applyPlan.ts"
import { readBook, writeBook } from "./bookFile.ts"
import { BridgeServer, type NodeIdentity } from "./BridgeServer.ts"
import { type EndpointIds, readEndpointIds, renewEndpointIds, unsaltedEndpointIds } from "./endpointIds.ts"
import { forgetNames, sameBook } from "./endpointBook.ts"
import type { Plan } from "./Plan.ts"
import { heldWindow, WindowHeld } from "./heldWindow.ts"

/** A fabric as users know it: one controller's home. */
export interface FabricInfo {
  readonly index: number
  readonly label: string
  readonly vendorId: number
  readonly vendor: string
}

/** The Matter node: an aggregator with the endpoints of a plan. Everything it keeps is in one folder. */
export class MatterNode {
  readonly #folder: string
  readonly #identity: NodeIdentity
  readonly #environment: Environment
  readonly #turns = new Turns()
  readonly #listeners: Array<() => void> = []
  readonly #failure = Promise.withResolvers<never>()
  #server!: BridgeServer
  #applier!: PlanApplier
  #plan: Plan
  #windowUntil: number | null = null

  private constructor(folder: string, identity: NodeIdentity, first: Plan, environment: Environment) {
    this.#folder = folder
    this.#identity = identity
    this.#plan = first
    this.#environment = environment
    // Nobody may be listening: an unhandled rejection would end the process.
    this.#failure.promise.catch(() => undefined)
  }

  /** Makes the node with all endpoints of the first plan, still offline: controllers never see it half made. */
  static async create(
    folder: string,
    identity: NodeIdentity,
    first: Plan,
    environment = Environment.default,
  ): Promise<MatterNode> {
    environment.vars.set("storage.path", folder)
    const node = new MatterNode(folder, identity, first, environment)
    await node.#make()
    return node
  }

  /** Brings all endpoints to the plan; answers how many clusters were written. */
  show(plan: Plan): Promise<number> {
    return this.#turns.take(() => this.#show(plan))
  }

  /** Presses a button by the id of its endpoint; false when there is none yet. */
  press(buttonId: string): Promise<boolean> {
    return this.#turns.take(() => this.#applier.press(buttonId))
  }

  start(): Promise<void> {
    return this.#turns.take(() => this.#server.start())
  }

  hush(): void {
    this.#environment.vars.set("log.level", "fatal")
  }

  close(): Promise<void> {
    return this.#turns.take(() => this.#server.close())
  }

  /** Forgets every fabric, subscription and code; endpoint numbers keep their meaning. */
  erase(): Promise<void> {
    return this.#turns.take(() => this.#replace())
  }

  /** Fails when the node could not be brought back after it was erased. */
  get failed(): Promise<never> {
    return this.#failure.promise
  }

  get pairingCodes() {
    return this.#server.state.commissioning.pairingCodes
  }

  get commissioned(): boolean {
    return this.#server.lifecycle.isCommissioned
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

  /** Called after anything has changed about codes, controllers or the window, when it can be read. */
  onPairingChanged(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** The parts of the node that may be replaced at any moment. */
  settled<A>(read: () => A): Promise<A> {
    return this.#turns.take(async () => read())
  }

  /** Lets one more controller in with the same codes, for 15 minutes. */
  openWindow(): Promise<void> {
    return this.#turns.take(async () => {
      const held = heldWindow(this.#server)
      if (held !== null) throw new WindowHeld(held, this.fabrics)
      await this.#server.act((agent) => agent.commissioning.enterCommissionableMode())
      this.#windowOpened()
    })
  }

  /** Until when the codes let a controller in, epoch seconds; null: no window is open. */
  get windowUntil(): number | null {
    return this.#windowUntil !== null && this.#windowUntil > Date.now() / 1000 ? this.#windowUntil : null
  }

  /** False when there is no such fabric. */
  removeFabric(index: number): Promise<boolean> {
    return this.#turns.take(async () => {
      const fabric = this.#server.env.get(FabricManager).maybeFor(FabricIndex(index))
      if (fabric === undefined) return false
      await fabric.leave()
      // matter.js asks for it too, but not before every session is closed.
      if (!this.commissioned) await this.#replace()
      return true
    })
  }

  #windowOpened() {
    this.#windowUntil = Math.floor(Date.now() / 1000) + windowLasts
  }

  async #make() {
    const server = await BridgeServer.make(this.#identity, this.#environment)
    const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator", number: 1 })
    await server.add(aggregator)
    const ids = this.#ids(server)
    if (ids !== unsaltedEndpointIds)
      await server.setStateOf(BasicInformationServer, { uniqueId: ids.uniqueId("node") })
    this.#server = server
    this.#applier = new PlanApplier(aggregator, readBook(this.#folder), ids)
    this.#watch(server)
    await this.#show(this.#plan)
  }

  #ids(server: BridgeServer): EndpointIds {
    const ids = readEndpointIds(this.#folder)
    if (ids !== null) return ids
    return server.lifecycle.isCommissioned ? unsaltedEndpointIds : renewEndpointIds(this.#folder)
  }

  #watch(server: BridgeServer) {
    const changed = () => void this.settled(() => this.#listeners.forEach((listener) => listener()))
    // matter.js opens a window whenever it comes up unpaired: at first, and after the last controller left.
    server.lifecycle.online.on(() => {
      if (!this.commissioned) this.#windowOpened()
      changed()
    })
    server.events.commissioning.fabricsChanged.on((_, action) => {
      // Whoever is let in closes the window.
      if (action === "added") this.#windowUntil = null
      changed()
    })
    server.lifecycle.commissioned.on(changed)
    server.lifecycle.decommissioned.on(changed)
    server.onErase = () => {
      const asked = () => (this.#server === server ? this.#replace() : Promise.resolve())
      this.#turns.take(asked).catch(() => undefined)
    }
  }

  async #replace() {
    try {
      const online = this.#server.lifecycle.isOnline
      await this.#server.eraseAndClose()
      renewEndpointIds(this.#folder)
      writeBook(this.#folder, forgetNames(this.#applier.book))
      await this.#make()
      if (online) await this.#server.start()
    } catch (error) {
      this.#failure.reject(error)
      throw error
    }
  }

  async #show(plan: Plan): Promise<number> {
    this.#plan = plan
    const before = this.#applier.book
    const applied = await this.#applier.apply(plan)
    if (!sameBook(before, this.#applier.book)) writeBook(this.#folder, this.#applier.book)
    if (applied.structureChanged) {
      await this.#server.act((agent) => agent.get(BasicInformationServer).increaseConfigurationVersion())
    }
    return applied.writes
  }
}

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
