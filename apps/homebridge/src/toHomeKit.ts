import {
  type DeviceDescriptor,
  type Feature,
  type Household,
  type ShownValues,
  type PersonId,
} from "@withings-bridge/core"
import { homeKitName } from "./homeKitName.ts"
import { naturalNames } from "./naturalNames.ts"
import type { AccessoryPlan, ServicePlan } from "./Plan.ts"
import { battery } from "./services/battery.ts"
import { bodyTemperature } from "./services/bodyTemperature.ts"
import { buttons } from "./services/buttons.ts"
import { contact } from "./services/contact.ts"
import { environment } from "./services/environment.ts"
import { measures } from "./services/measures.ts"
import { occupancy } from "./services/occupancy.ts"
import { standInId, standIns } from "./services/standIns.ts"
import type { Settings } from "./settings.ts"

type ToServices = (
  descriptor: DeviceDescriptor,
  feature: Feature,
  settings: Settings,
) => ReadonlyArray<ServicePlan>

const byNature: Record<Feature["nature"], ReadonlyArray<ToServices>> = {
  presence: [occupancy],
  battery: [battery],
  // With the other moments: see `services/buttons.ts`.
  measured: [],
  value: [environment],
  counter: [],
  verdict: [],
  // HomeKit knows no time of day.
  time: [],
  // Accessories of their own.
  rule: [],
}

/** A bridge of HomeKit holds 150 accessories, itself among them. */
const mostAccessories = 149

/** What Apple Home is to show of a household: an accessory for each person's device, each rule and each stand-in. */
export const toHomeKit = (household: Household, settings: Settings): ReadonlyArray<AccessoryPlan> =>
  [
    ...shownIn(household, settings).flatMap((descriptor) =>
      accessoryOf(descriptor, settings, household.values),
    ),
    ...household.descriptors.flatMap((descriptor) =>
      descriptor.features
        .filter(({ nature }) => nature === "rule")
        .map((feature) => contact(descriptor, feature)),
    ),
    ...standIns(household, settings),
  ].slice(0, mostAccessories)

/** Under the names that Home gives them. */
const shownIn = ({ descriptors }: Household, settings: Settings): ReadonlyArray<DeviceDescriptor> => {
  const linked = descriptors.filter((descriptor) => descriptor.availability !== "unlinked")
  const names = naturalNames(linked, settings.language)
  return linked
    .filter(({ deviceClass }) => settings.devices.length === 0 || settings.devices.includes(deviceClass))
    .map((descriptor) => ({ ...descriptor, name: names.get(descriptor.id) ?? descriptor.name }))
}

const accessoryOf = (
  descriptor: DeviceDescriptor,
  settings: Settings,
  values: ShownValues,
): ReadonlyArray<AccessoryPlan> => {
  const known = [
    ...descriptor.features.flatMap((feature) =>
      byNature[feature.nature].flatMap((toServices) => toServices(descriptor, feature, settings)),
    ),
    ...bodyTemperature(descriptor, settings),
    ...buttons(descriptor, settings),
  ]
  const own = measures(descriptor, settings, values)
  // Home calls an accessory "not supported" that has nothing but services of our own.
  const shown = known.length > 0 || (values === "all" && own.length > 0)
  if (!shown) return []
  return [
    {
      id: descriptor.id,
      personId: descriptor.personId,
      name: homeKitName(descriptor.name),
      model: descriptor.model,
      services: [...known, ...own].map((service) => ({ ...service, name: homeKitName(service.name) })),
    },
  ]
}

/** What is remembered of an accessory over restarts. */
export interface AccessoryMemory {
  readonly id: string
  readonly personId: PersonId | null
}

/**
 * Whether what no plan mentions may go: an accessory, or services of one. Someone's automations hang on it, so it
 * goes only when the person's devices are known. An empty store, or a person still signing in, removes nothing, unless
 * the last person was seen to go; a stand-in in the settings is kept while there is nothing to show of it.
 */
export const mayBeRemoved = (
  household: Household,
  settings: Settings,
  accessory: AccessoryMemory,
  lastWasRemoved = false,
): boolean => {
  if (household.persons.length === 0) return lastWasRemoved
  if (accessory.personId === null) return true
  const person = household.persons.find((other) => other.id === accessory.personId)
  if (person === undefined) return true
  if (settings.standIns.some((standIn) => standInId(standIn, person) === accessory.id)) return false
  return [...household.descriptors, ...household.leftOut].some(
    (descriptor) => descriptor.personId === accessory.personId && descriptor.deviceId !== null,
  )
}
