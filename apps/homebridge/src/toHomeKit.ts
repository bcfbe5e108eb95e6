import {
  type DeviceDescriptor,
  type Feature,
  type Household,
  type ShownValues,
  spokenName,
} from "@withings-bridge/core"
import type { AccessoryContext } from "./accessory.ts"
import { homeKitName } from "./homeKitName.ts"
import type { AccessoryPlan } from "./Plan.ts"
import { battery } from "./services/battery.ts"
import { buttons } from "./services/buttons.ts"
import { contact } from "./services/contact.ts"
import { environment } from "./services/environment.ts"
import type { ToServices } from "./services/featureService.ts"
import { measures } from "./services/measures.ts"
import { occupancy } from "./services/occupancy.ts"
import { standInId, standIns } from "./services/standIns.ts"
import { bodyTemperature } from "./services/temperature.ts"
import type { Settings } from "./settings.ts"

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
  // Separate accessories.
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

/**
 * Under the names by which people would ask Siri for them: "Ann's bed". Two that would have the same name, like two
 * scales of one person, both keep the name that the core gave them.
 */
const shownIn = (
  { descriptors }: Household,
  { devices, language }: Settings,
): ReadonlyArray<DeviceDescriptor> => {
  const linked = descriptors.filter((descriptor) => descriptor.availability !== "unlinked")
  const names = linked.map((descriptor) => spokenName(descriptor, "itself", language))
  return linked
    .map((descriptor, index) => {
      const spoken = names[index] ?? null
      const isUnique = names.indexOf(spoken) === names.lastIndexOf(spoken)
      return spoken !== null && isUnique ? { ...descriptor, name: spoken } : descriptor
    })
    .filter(({ deviceClass }) => devices.length === 0 || devices.includes(deviceClass))
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

/**
 * Whether an accessory, or services of it, may be removed when the plan lacks them. Automations depend on them, so they
 * go only when the person's devices are known. An empty store, or a person still signing in, removes nothing unless the
 * last person was just removed. A stand-in in the settings stays even without a reading.
 */
export const mayBeRemoved = (
  household: Household,
  settings: Settings,
  accessory: Pick<AccessoryContext, "id" | "personId">,
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
