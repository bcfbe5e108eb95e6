import type { PersonId } from "@withings-bridge/core"
import type { PlatformAccessory } from "homebridge"
import manifest from "../package.json" with { type: "json" }

export const pluginName = "homebridge-withings"
export const platformName = "Withings"

/** The plugin's version: Withings does not publish the firmware of devices. HAP takes three numbers. */
export const firmwareRevision = /^\d+\.\d+\.\d+/.exec(manifest.version)?.[0] ?? "0.0.0"

/** Kept with an accessory over restarts. */
export interface AccessoryContext {
  id: string
  personId: PersonId | null
  /** The name that the plugin gave each service; another one is the user's. */
  names: Record<string, string>
  /** Characteristics whose value was not known when Homebridge stopped. */
  unknown: Array<string>
}

export type Shown = PlatformAccessory<AccessoryContext>

/** A cache that was edited by hand may lack any of it. */
export const contextOf = (accessory: Shown): AccessoryContext => {
  const missing = { id: "", personId: null, names: {}, unknown: [] }
  return Object.assign(accessory.context, { ...missing, ...accessory.context })
}
