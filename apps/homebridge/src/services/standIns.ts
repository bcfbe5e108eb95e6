import { type Household, newestOfKind, type Person } from "@withings-bridge/core"
import { homeKitName } from "../homeKitName.ts"
import type { AccessoryPlan } from "../Plan.ts"
import type { Settings, StandIn } from "../settings.ts"
import { status } from "./status.ts"

const sensors = {
  lux: {
    type: "LightSensor",
    characteristic: "CurrentAmbientLightLevel",
    range: { min: 0.0001, max: 100_000 },
  },
  humidity: {
    type: "HumiditySensor",
    characteristic: "CurrentRelativeHumidity",
    range: { min: 0, max: 100 },
  },
} as const

/**
 * A number that Home can automate on, shown by a sensor that Home knows; the name says so: "Weight as lux Ann". There is
 * one accessory for each person, with the newest reading of all their devices, so that a new scale does not break the
 * automation and two scales do not make two sensors.
 */
export const standIns = (household: Household, settings: Settings): ReadonlyArray<AccessoryPlan> => {
  const plans = new Map<string, AccessoryPlan>()
  for (const standIn of settings.standIns) {
    for (const person of household.persons.filter((one) => isFor(standIn, one))) {
      const plan = standInFor(household, person, standIn, settings)
      if (plan !== null) plans.set(plan.id, plan)
    }
  }
  return [...plans.values()]
}

const isFor = (standIn: StandIn, person: Person) => standIn.person === null || standIn.person === person.name

export const standInId = ({ as, measure }: StandIn, person: Person): string =>
  `stand-in:${person.id}:${measure}:${as}`

const standInFor = (
  household: Household,
  person: Person,
  standIn: StandIn,
  { language }: Settings,
): AccessoryPlan | null => {
  const own = household.descriptors.filter(
    ({ availability, personId }) => personId === person.id && availability !== "unlinked",
  )
  const newest = newestOfKind(own, standIn.measure)
  if (newest === null) return null
  const { descriptor, feature, reading } = newest
  const { type, characteristic, range } = sensors[standIn.as]
  const name = homeKitName(`${feature.name[language]} ${asWord[language]} ${standIn.as} ${person.name}`)
  return {
    id: standInId(standIn, person),
    personId: person.id,
    name,
    model: "Stand-in",
    services: [
      {
        type,
        subtype: "stand-in",
        name,
        characteristics: [
          { type: characteristic, value: Math.min(range.max, Math.max(range.min, reading.value)), range },
          ...status(descriptor.availability, reading.stale),
        ],
      },
    ],
  }
}

const asWord = { en: "as", fr: "en" } as const
