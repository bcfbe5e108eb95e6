import { type Endpoint, Environment } from "@matter/main"
import { BridgedDeviceBasicInformationClient } from "@matter/main/behaviors/bridged-device-basic-information"
import { OccupancySensingClient } from "@matter/main/behaviors/occupancy-sensing"
import { SwitchClient } from "@matter/main/behaviors/switch"
import { join } from "node:path"
import { BridgeProcess } from "../../apps/matter/test/BridgeProcess.ts"
import { Controller, eventually } from "../../apps/matter/test/controller.ts"
import { ask } from "../../apps/matter/src/control.ts"
import {
  isSubscribed,
  signedInHousehold,
  type WithingsHousehold,
} from "../../apps/matter/test/withingsHousehold.ts"
import { type Restart, restart } from "../matter/restarts.ts"

const port = 5540
/** The first history uses the same budget of requests. */
const subscribedWithin = 240_000

export type Act = "bed" | "press"

/** A home with a simulated Withings account, the bridge in its own process, and a controller that counts events. */
export class SoakHome {
  readonly made: Record<Act, number> = { bed: 0, press: 0 }
  readonly seen: Record<Act, number> = { bed: 0, press: 0 }
  #inBed = false
  readonly household: WithingsHousehold
  readonly controller: Controller
  readonly #script: string
  bridge: BridgeProcess

  private constructor(household: WithingsHousehold, controller: Controller, script: string) {
    this.household = household
    this.controller = controller
    this.#script = script
    this.bridge = this.#start()
  }

  static async open(folder: string, script: string): Promise<SoakHome> {
    const household = await signedInHousehold({}, 0.2, 2)
    Environment.default.vars.set("storage.path", join(folder, "controller"))
    const controller = await Controller.start("soak", Environment.default)
    const home = new SoakHome(household, controller, script)
    await home.bridge.ready
    await eventually("webhooks", () => isSubscribed(household.simulator, "Ann"), subscribedWithin)
    await home.commission()
    return home
  }

  /** Pairs with the current code, and counts from then on. */
  async commission(): Promise<void> {
    const { manualPairingCode } = await ask(join(this.household.home, "matter"), "GET", "/pairing")
    await this.controller.commission(manualPairingCode)
    const bed = await this.#named("Ann's bed")
    this.#inBed = bed.stateOf(OccupancySensingClient).occupancy.occupied === true
    bed.eventsOf(OccupancySensingClient).occupancyChanged?.on(() => void this.seen.bed++)
    const button = await this.#named("Ann weighed")
    button.eventsOf(SwitchClient).initialPress?.on(() => void this.seen.press++)
  }

  async act(what: Act): Promise<void> {
    this.made[what]++
    const { simulator } = this.household
    if (what === "press") return void (await simulator.weigh("Ann", 64 + (this.made.press % 20) / 10))
    this.#inBed = !this.#inBed
    await (this.#inBed ? simulator.goToBed("Ann") : simulator.getUp("Ann"))
  }

  get complete(): boolean {
    return this.seen.bed >= this.made.bed && this.seen.press >= this.made.press
  }

  /** Restarts the bridge. */
  async restart(signal: NodeJS.Signals): Promise<Restart> {
    const { bridge, controller, household } = this
    const how = { script: this.#script }
    const restarted = await restart({ bridge, controller, household, how, port }, signal)
    this.bridge = restarted.bridge
    return restarted
  }

  /** Resets the bridge and pairs again. */
  async reset(): Promise<void> {
    await ask(join(this.household.home, "matter"), "POST", "/factory-reset")
    await this.controller.peer?.delete()
    await this.commission()
  }

  /** The last controller leaves and pairs again. */
  async leaveAndReturn(): Promise<void> {
    const matter = join(this.household.home, "matter")
    const { manualPairingCode: before } = await ask(matter, "GET", "/pairing")
    await this.controller.peer?.decommission()
    await eventually(
      "new codes",
      async () => (await ask(matter, "GET", "/pairing")).manualPairingCode !== before,
    )
    await this.commission()
  }

  async close(): Promise<void> {
    await this.bridge.stop()
    await this.controller.close()
    await this.household.simulator.close()
  }

  #start() {
    return new BridgeProcess(this.household.home, port, [], { script: this.#script })
  }

  #named(name: string) {
    return eventually(`an endpoint named ${name}`, () =>
      [...this.controller.bridged.values()].find((endpoint) => nameOf(endpoint) === name),
    )
  }
}

const nameOf = (endpoint: Endpoint) =>
  endpoint.maybeStateOf(BridgedDeviceBasicInformationClient)?.nodeLabel ?? ""
