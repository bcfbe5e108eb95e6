import type { Button, HouseholdChange, Moment } from "@withings-bridge/core"
import type { API, DynamicPlatformPlugin, Logging, PlatformAccessory, PlatformConfig } from "homebridge"
import type { Shown } from "./accessory.ts"
import { accessoryUuid, applyPlan } from "./applyPlan.ts"
import { pressButton, restoreUnknown } from "./applyService.ts"
import { Journal } from "./Journal.ts"
import type * as Misspelt from "./misspelt.ts"
import { readSettings, type Settings } from "./settings.ts"
import type * as ToHomeKit from "./toHomeKit.ts"

/** Homebridge opens its bridge right after it has launched; reading the core's code would hold that up. */
const coreAfter = 300

type Mapping = typeof ToHomeKit & typeof Misspelt

/** The edge to Homebridge: from its events to the core, and from the core's household to its accessories. */
export class WithingsPlatform implements DynamicPlatformPlugin {
  readonly #api: API
  readonly #log: Logging
  readonly #settings: Settings
  readonly #shown = new Map<string, Shown>()
  readonly #journal: Journal
  /** Whether someone was there since the start: an empty store at the start tells nothing. */
  #hadPersons = false
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
      const [{ followHousehold }, toHomeKit, misspelt] = await Promise.all([
        import("./followHousehold.ts"),
        import("./toHomeKit.ts"),
        import("./misspelt.ts"),
      ])
      const mapping = { ...toHomeKit, ...misspelt }
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

  #tell(change: HouseholdChange, { buttonOf, mayBeRemoved, toHomeKit, unknownPersons }: Mapping) {
    if (this.#stopped) return
    const plans = toHomeKit(change.household, this.#settings)
    const changes = applyPlan(this.#api, this.#shown, plans, (accessory) =>
      mayBeRemoved(change.household, this.#settings, accessory, this.#hadPersons),
    )
    this.#hadPersons ||= change.household.persons.length > 0
    this.#journal.tell(change.household, plans, changes)
    const names = change.household.persons.map(({ name }) => name)
    this.#journal.tellMistakes(unknownPersons(this.#settings, [...names, ...this.#settings.people]))
    for (const moment of change.moments) this.#press(moment, buttonOf(moment))
  }

  #press({ descriptorId, kind }: Moment, button: Button) {
    const accessory = this.#shown.get(accessoryUuid(this.#api, descriptorId))
    if (accessory !== undefined && pressButton(this.#api, accessory, button)) {
      this.#log.debug(`${accessory.displayName}: ${kind}`)
    }
  }
}
