import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import * as Brand from "effect/Brand"
import type { Feature } from "./Feature.ts"

/** 24 hexadecimal digits, a stable hash of the person's keyed id and the device. Reveals none of Withings' ids. */
export type DescriptorId = string & Brand.Brand<"DescriptorId">
export const DescriptorId = Brand.nominal<DescriptorId>()

/**
 * One person's use of one device, which a home shows as one accessory. A scale shared by two persons has two
 * descriptors. Data of a person without a device (steps counted by the phone, goals) is of class `person`; "anyone in
 * bed" is of class `household`.
 */
export interface DeviceDescriptor {
  readonly id: DescriptorId
  readonly deviceClass: DeviceClass
  /** null for `household`. */
  readonly personId: PersonId | null
  readonly personName: string | null
  /** Withings' device id, never shown to a home; null for `person` and `household`. */
  readonly deviceId: DeviceId | null
  readonly manufacturer: "Withings"
  /** As Withings names it: "Body+". */
  readonly model: string
  /** "Body+ Ann", unique in the household. Homes with stricter rules for names adapt it. */
  readonly name: string
  readonly availability: Availability
  readonly features: ReadonlyArray<Feature>
}

export const deviceClasses = [
  "scale",
  "blood-pressure-monitor",
  "sleep-monitor",
  "thermometer",
  "activity-tracker",
  "other",
  "person",
  "household",
] as const
export type DeviceClass = (typeof deviceClasses)[number]

/**
 * `sign-in-needed`: the last values stay, but no new ones arrive. `missing`: Withings no longer lists the device, and
 * homes keep it for some days, because removing it would lose its room and automations. `unlinked`: homes remove it.
 */
export type Availability = "available" | "sign-in-needed" | "missing" | "unlinked"
