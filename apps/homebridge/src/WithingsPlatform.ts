import type { HouseholdChange } from "@withings-bridge/core"
import type { API, DynamicPlatformPlugin, Logging, PlatformAccessory, PlatformConfig } from "homebridge"
import type { Shown } from "./accessory.ts"
import { accessoryUuid, applyPlan } from "./applyPlan.ts"
import { pressButton, restoreUnknown } from "./applyService.ts"
import { Journal } from "./Journal.ts"
import { JustMeasured } from "./JustMeasured.ts"
import { readSettings, type Settings } from "./settings.ts"
import type * as ToHomeKit from "./toHomeKit.ts"

/** Homebridge opens its bridge right after it has launched; reading the core's code would hold that up. */
const coreAfter = 300

type Mapping = typeof ToHomeKit

/** The edge to Homebridge: from its events to the core, and from the core's household to its accessories. */
export class WithingsPlatform implements DynamicPlatformPlugin {
  readonly #api: API
  readonly #log: Logging
  readonly #settings: Settings
  readonly #shown = new Map<string, Shown>()
  readonly #justMeasured = new JustMeasured()
  readonly #journal: Journal
  #stop: () => Promise<void> = async () => {}
  #stopped = false

  constructor(log: Logging, config: PlatformConfig, api: API) {
    this.#api = api
    this.#log = log
    this.#journal = new Journal(log)
    const { settings, mistakes } = readSettings(config)
    this.#settings = settings
    for (const mistake of mistakes) log.error(`The setting "${mistake.setting}" ${mistake.reason}.`)
    api.on("didFinishLaunching", () => setTimeout(() => void this.#start(), coreAfter))
    api.on("shutdown", () => void this.#shutdown())
  }

  configureAccessory(accessory: PlatformAccessory): void {
    const cached = accessory as Shown
    this.#shown.set(cached.UUID, cached)
    restoreUnknown(this.#api, cached)
  }

  /** The core is loaded only now, so that it delays neither Homebridge nor the answers of cached accessories. */
  async #start() {
    if (this.#stopped) return
    try {
      const [{ followHousehold }, mapping] = await Promise.all([
        import("./followHousehold.ts"),
        import("./toHomeKit.ts"),
      ])
      if (this.#stopped) return
      this.#stop = followHousehold({
        settings: this.#settings,
        storagePath: this.#api.user.storagePath(),
        log: this.#log,
        onChange: (change) => this.#tell(change, mapping),
      })
    } catch (cause) {
      this.#log.error(`Withings could not start: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }

  async #shutdown() {
    this.#stopped = true
    await this.#stop()
  }

  #tell(change: HouseholdChange, { mayBeRemoved, toHomeKit }: Mapping) {
    if (this.#stopped) return
    const now = Date.now() / 1000
    const plans = toHomeKit(change.household, this.#settings)
    const changes = applyPlan(this.#api, this.#shown, plans, (accessory) =>
      mayBeRemoved(change.household, this.#settings, accessory),
    )
    this.#journal.tell(change.household, plans, changes)
    for (const id of this.#justMeasured.pressesFor(change.measured, now)) this.#press(id)
  }

  #press(id: string) {
    const accessory = this.#shown.get(accessoryUuid(this.#api, id))
    if (accessory !== undefined && pressButton(this.#api, accessory)) {
      this.#log.debug(`${accessory.displayName}: just measured`)
    }
  }
}
