import * as Brand from "effect/Brand"
import type { PersonId } from "./Person.ts"

/** Withings' `deviceid`: a hash, the same for every person who shares the device. Not to be shown to a home. */
export type DeviceId = string & Brand.Brand<"DeviceId">
export const DeviceId = Brand.nominal<DeviceId>()

/** A Withings device as one person's account lists it. A scale that two persons share is two of these with one id. */
export interface Device {
  readonly personId: PersonId
  readonly id: DeviceId
  /** Withings' own word: "Scale", "Sleep Monitor", "Blood Pressure Monitor", "Activity Tracker", … */
  readonly type: string
  /** As Withings names it: "Body+", "Aura Sensor V2". */
  readonly model: string
  readonly modelId: number | null
  readonly battery: BatteryLevel | null
  readonly timezone: string | null
  /** Epoch seconds, null when Withings gives none. */
  readonly firstSession: number | null
  readonly lastSession: number | null
  /** False once Withings no longer lists it: unlinked or replaced. */
  readonly linked: boolean
  /** Epoch seconds when that was found; null while it is linked, or when it was long ago. */
  readonly unlinkedAt?: number | null
  /** In which turn the store came to know it; left out for one that Withings just listed. */
  readonly place?: number
}

/** Withings tells battery in three words only: high is over 75 %, medium over 30 %. */
export type BatteryLevel = "high" | "medium" | "low"

/** When the first of a person's devices was first used, epoch seconds; null: that is not known. */
export const firstSessionOf = (personId: PersonId, devices: ReadonlyArray<Device>): number | null => {
  const sessions = devices.flatMap((device) =>
    device.personId === personId && device.firstSession !== null ? [device.firstSession] : [],
  )
  return sessions.length === 0 ? null : Math.min(...sessions)
}
