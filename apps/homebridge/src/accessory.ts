import type { PersonId } from "@withings-bridge/core"
import type { PlatformAccessory } from "homebridge"
import manifest from "../package.json" with { type: "json" }

export const pluginName = "homebridge-withings"
export const platformName = "Withings"

/** Withings does not tell the devices' firmware: it is this plugin that Home talks to. HAP takes three numbers. */
export const firmwareRevision = /^\d+\.\d+\.\d+/.exec(manifest.version)?.[0] ?? "0.0.0"

/** What is kept with an accessory over restarts. */
export interface AccessoryContext {
  id: string
  personId: PersonId | null
  /** The name given to each service, to tell a user's own name from it. */
  names: Record<string, string>
  /** Characteristics whose value was not known when Homebridge stopped. */
  unknown: Array<string>
}

export type Shown = PlatformAccessory<AccessoryContext>

/** A cache written by something else, or by hand, may lack any of it. */
export const contextOf = (accessory: Shown): AccessoryContext => {
  const missing = { id: "", personId: null, names: {}, unknown: [] }
  return Object.assign(accessory.context, { ...missing, ...accessory.context })
}
