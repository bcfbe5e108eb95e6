import * as Brand from "effect/Brand"
import type { PersonId } from "./Person.ts"

/** Withings' `deviceid`: a hash, the same for every person who shares the device. Never shown to a home. */
export type DeviceId = string & Brand.Brand<"DeviceId">
export const DeviceId = Brand.nominal<DeviceId>()

/** A device as one person's account lists it. A shared scale is two of these with one id. */
export interface Device {
  readonly personId: PersonId
  readonly id: DeviceId
  /** "Scale", "Sleep Monitor", "Blood Pressure Monitor", "Activity Tracker", … */
  readonly type: string
  /** "Body+", "Aura Sensor V2". */
  readonly model: string
  readonly modelId: number | null
  readonly battery: BatteryLevel | null
  readonly timezone: string | null
  /** Epoch seconds, null when Withings gives none. */
  readonly firstSession: number | null
  readonly lastSession: number | null
  /** False once Withings no longer lists it: unlinked or replaced. */
  readonly linked: boolean
  /** When that was noticed, epoch seconds; null while it is linked, or long ago. */
  readonly unlinkedAt?: number | null
  /** Order in which the store learned of it; left out for one that Withings just listed. */
  readonly place?: number
}

/** Withings has three levels only: high is over 75 %, medium over 30 %. */
export type BatteryLevel = "high" | "medium" | "low"

/** First use of any of a person's devices, epoch seconds; null when unknown. */
export const firstSessionOf = (personId: PersonId, devices: ReadonlyArray<Device>): number | null => {
  const sessions = devices.flatMap((device) =>
    device.personId === personId && device.firstSession !== null ? [device.firstSession] : [],
  )
  return sessions.length === 0 ? null : Math.min(...sessions)
}
