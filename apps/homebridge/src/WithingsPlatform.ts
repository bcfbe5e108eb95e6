import type { API, DynamicPlatformPlugin, Logging, PlatformAccessory, PlatformConfig } from "homebridge"
import type { Shown } from "./accessory.ts"
import { restoreUnknown } from "./applyService.ts"

/** Milliseconds. Homebridge opens its bridge right after the launch, and loading the core would delay that. */
const coreAfter = 300

/** The edge to Homebridge: keeps the cached accessories until the core has loaded. */
export class WithingsPlatform implements DynamicPlatformPlugin {
  readonly #api: API
  readonly #log: Logging
  readonly #config: PlatformConfig
  readonly #shown = new Map<string, Shown>()
  #stop: () => Promise<void> = async () => {}
  #stopped = false

  constructor(log: Logging, config: PlatformConfig, api: API) {
    this.#api = api
    this.#log = log
    this.#config = config
    api.on("didFinishLaunching", () => setTimeout(() => void this.#start(), coreAfter))
    api.on("shutdown", () => void this.#shutdown())
  }

  configureAccessory(accessory: PlatformAccessory): void {
    const cached = accessory as Shown
    this.#shown.set(cached.UUID, cached)
    restoreUnknown(this.#api, cached)
  }

  async #start() {
    if (this.#stopped) return
    try {
      const { followHousehold } = await import("./followHousehold.ts")
      if (this.#stopped) return
      this.#stop = followHousehold({
        api: this.#api,
        config: this.#config,
        log: this.#log,
        shown: this.#shown,
      })
    } catch (cause) {
      this.#log.error(`Withings could not start: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }

  async #shutdown() {
    this.#stopped = true
    await this.#stop()
  }
}
