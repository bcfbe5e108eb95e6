import type { Device } from "../measure/Device.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Person } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { deviceDescriptorId } from "./attribution.ts"
import { batteryValue } from "./batteryPercent.ts"
import { derivedOfWeight } from "./derivedFeatures.ts"
import { deviceClassOf } from "./deviceClass.ts"
import type { Availability, DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"
import { newest, newestByFeature, toReading } from "./latest.ts"
import { isMeasuring } from "./measured.ts"
import { holdingPresence, presencesOfNights } from "./presence.ts"
import type { Reading } from "./Reading.ts"
import { isStaleBattery, isStalePresence, type Clock } from "./stale.ts"
import { sureFeatures } from "./sureFeatures.ts"
import { batteryFeature, inBedFeature, inOrder, measuredFeature, toFeature } from "./toFeature.ts"

export interface DeviceInUse {
  readonly person: Person
  readonly device: Device
  /** Shown at this device, none ambiguous. */
  readonly measures: ReadonlyArray<Measure>
  readonly presences: ReadonlyArray<Presence>
  /** All of the person's, because a height entered by hand gives a body mass index. */
  readonly personMeasures: ReadonlyArray<Measure>
  /** Weights of the person from any scale. */
  readonly history: ReadonlyArray<Pick<Measure, "at" | "value">>
  readonly clock: Clock
  readonly keepMissingDays: number
}

/** Empty for a device that measures nothing, like a gateway. */
export const describeDevice = (use: DeviceInUse): ReadonlyArray<DeviceDescriptor> => {
  const { person, device } = use
  const features = featuresOf(use)
  if (features.length === 0) return []
  const model = device.model.trim() || device.type.trim() || "Withings"
  return [
    {
      id: deviceDescriptorId(person.id, device.id),
      deviceClass: deviceClassOf(device),
      personId: person.id,
      personName: person.name,
      deviceId: device.id,
      manufacturer: "Withings",
      model,
      name: `${model} ${person.name}`.trim(),
      availability: availabilityOf(person, device, isKept(use)),
      features,
    },
  ]
}

/** An unlinked device stays unlinked after a sign-in, so that takes precedence. */
export const availabilityOf = ({ standing }: Person, device: Device | null, isKept = false): Availability => {
  if (device?.linked === false) return isKept ? "missing" : "unlinked"
  return standing.state === "needs-sign-in" || standing.state === "never-signed-in"
    ? "sign-in-needed"
    : "available"
}

const isKept = ({ clock, device, keepMissingDays }: DeviceInUse): boolean =>
  device.unlinkedAt !== undefined &&
  device.unlinkedAt !== null &&
  device.unlinkedAt + keepMissingDays * 86_400 > clock.now

const featuresOf = (use: DeviceInUse): ReadonlyArray<Feature> => {
  const { device, measures, clock } = use
  const sure = sureFeatures[deviceClassOf(device)]
  const held = newestByFeature(measures)
  const told = [...held.values()].map((measure) =>
    toFeature(measure.kind, measure.position, toReading(measure, clock)),
  )
  const awaited = sure.kinds.filter((kind) => !held.has(kind)).map((kind) => toFeature(kind, null, null))
  const battery = batteryReading(device, clock.now)
  return inOrder([
    ...(sure.presence ? [inBedFeature(presenceReading(use))] : []),
    ...told,
    ...awaited,
    ...derivedOfWeight(held.get("weight"), use.personMeasures, use.history),
    ...(battery === null ? [] : [batteryFeature(battery)]),
    ...(sure.measured ? [measuredFeature(measuredReading(measures))] : []),
  ])
}

const presenceReading = ({ device, measures, presences, clock }: DeviceInUse): Reading | null => {
  const nights = presencesOfNights(measures.filter(({ deviceId }) => deviceId === device.id))
  const held = holdingPresence([...presences, ...nights])
  if (held === null) return null
  return { value: held.inBed ? 1 : 0, at: held.at, stale: isStalePresence(held, clock.now) }
}

const batteryReading = (device: Device, now: number): Reading | null => {
  if (device.battery === null) return null
  // Without a session, assume today; the start of the day, so that the reading does not change every time.
  const at = device.lastSession ?? device.firstSession ?? now - (now % 86_400)
  return { value: batteryValue[device.battery], at, stale: isStaleBattery(at, now) }
}

const measuredReading = (measures: ReadonlyArray<Measure>): Reading | null => {
  const last = newest(measures.filter(isMeasuring))
  return last === null ? null : { value: 1, at: last.at, stale: false }
}
