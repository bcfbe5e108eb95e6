import type { DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import * as Brand from "effect/Brand"
import type { Feature } from "./Feature.ts"

/** Stable, opaque, 24 hexadecimal digits: made of the person's keyed id and the device. Never reveals Withings' ids. */
export type DescriptorId = string & Brand.Brand<"DescriptorId">
export const DescriptorId = Brand.nominal<DescriptorId>()

/**
 * What a home shows as one thing: one person's use of one device. A scale that two persons share gives two
 * descriptors; what belongs to a person but to no device (steps counted by the phone, goals) gives one of class
 * `person`; "anyone in bed" is of class `household`.
 */
export interface DeviceDescriptor {
  readonly id: DescriptorId
  readonly deviceClass: DeviceClass
  /** null for `household`. */
  readonly personId: PersonId | null
  readonly personName: string | null
  /** Withings' device id; null for `person` and `household`. Not to be shown to a home. */
  readonly deviceId: DeviceId | null
  readonly manufacturer: "Withings"
  /** As Withings names it: "Body+". */
  readonly model: string
  /** For people: "Body+ Ann". Unique in the household; homes with stricter rules for names adapt it. */
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
 * `sign-in-needed`: last values are kept but no new ones come. `missing`: Withings no longer lists the device, and homes
 * keep it for some days, since what they remove takes rooms and automations along. `unlinked`: those days are over, and
 * homes remove it.
 */
export type Availability = "available" | "sign-in-needed" | "missing" | "unlinked"
