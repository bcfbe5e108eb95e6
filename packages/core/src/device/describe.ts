import type { Device } from "../measure/Device.ts"
import { localDay } from "../measure/localDay.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Person } from "../measure/Person.ts"
import type { Presence } from "../measure/Presence.ts"
import { deviceOf, personDescriptorId } from "./attribution.ts"
import { derivedOfPerson, derivedOfWeight } from "./derivedFeatures.ts"
import { availabilityOf, describeDevice } from "./describeDevice.ts"
import { describeHousehold } from "./describeHousehold.ts"
import type { DescriptorId, DeviceDescriptor } from "./DeviceDescriptor.ts"
import type { Feature } from "./Feature.ts"
import { newestByFeature, toReading } from "./latest.ts"
import { leaveOut } from "./leaveOut.ts"
import type { Clock } from "./stale.ts"
import { inOrder, ruleFeature, toFeature } from "./toFeature.ts"
import { noBedChoices } from "../rule/BedChoices.ts"
import type { Guideline } from "../insight/bloodPressure.ts"
import { insightFeatures } from "../insight/insightFeatures.ts"
import type { PersonPast } from "../rule/ruleStates.ts"
import type { RuleState } from "../rule/Rule.ts"
import { tellBeds, type ToldBeds } from "./tellBeds.ts"
import { uniqueNames } from "./uniqueNames.ts"

/** A weight that is certainly this person's. */
export type PastWeight = Pick<Measure, "personId" | "at" | "value">

/** All that `describe` needs of the store, small enough to read at every change. */
export interface Known {
  readonly persons: ReadonlyArray<Person>
  readonly devices: ReadonlyArray<Device>
  /** The newest measure of every person, kind, position, device and attribution. */
  readonly latest: ReadonlyArray<Measure>
  readonly presences: ReadonlyArray<Presence>
  /** Weights of the last three months, for the changes over 7 and 30 days. */
  readonly history?: ReadonlyArray<PastWeight>
  /** Values of the last 90 days, of the kinds in `insightKinds`. */
  readonly past?: ReadonlyArray<PersonPast>
  /** Default: ESC 2024. */
  readonly guideline?: Guideline
  /** The current states of rules; each is a feature of its person. */
  readonly rules?: ReadonlyArray<RuleState>
  /** Default: no delays, and unknown beds are shown as unknown. */
  readonly beds?: ToldBeds
  /** Descriptor ids hidden from every home; still described, but ignored for "anyone in bed". */
  readonly leftOut?: ReadonlySet<DescriptorId>
  /** Epoch seconds: decides what is stale, and which missing devices are still kept. */
  readonly now: number
  /** Days for which homes keep a device that Withings no longer lists; 0 when left out. */
  readonly keepMissingDays?: number
}

/** Everything a home can show: each person's devices, then the person; the household last. Independent of the input's order. */
export const describe = (known: Known): ReadonlyArray<DeviceDescriptor> => {
  const devices = known.devices.toSorted(byId)
  const own = known.persons.toSorted(byId).flatMap((person) => describePerson(person, devices, known))
  const hidden = known.leftOut ?? new Set()
  const all = [...own, ...describeHousehold(leaveOut(own, hidden).shown)]
  return tellBeds(named(all, devices), known.beds ?? { choices: noBedChoices }, hidden, known.now)
}

const named = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  devices: ReadonlyArray<Device>,
): ReadonlyArray<DeviceDescriptor> => {
  const places = new Map(
    devices.map((device) => [`${device.personId} ${device.id}`, device.place ?? device.firstSession]),
  )
  const names = uniqueNames(
    descriptors.map(({ id, name, personId, deviceId }) => ({
      id,
      name,
      // Persons and the household come before any device.
      since: deviceId === null ? 0 : (places.get(`${personId} ${deviceId}`) ?? null),
    })),
  )
  return descriptors.map((descriptor) => ({
    ...descriptor,
    name: names.get(descriptor.id) ?? descriptor.name,
  }))
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

const describePerson = (
  person: Person,
  allDevices: ReadonlyArray<Device>,
  known: Known,
): ReadonlyArray<DeviceDescriptor> => {
  const { timezone } = person
  const today = timezone === null || timezone === undefined ? null : localDay(known.now, timezone)
  const clock: Clock = { now: known.now, today }
  const devices = allDevices.filter(({ personId }) => personId === person.id)
  const isTheirs = ({ personId, attribution }: Measure): boolean =>
    personId === person.id && attribution !== "ambiguous"
  const measures = known.latest.filter(isTheirs)
  const history = (known.history ?? []).filter(({ personId }) => personId === person.id)
  const presences = known.presences.filter(({ personId }) => personId === person.id)
  const ofDevice = Map.groupBy(measures, (measure) => deviceOf(measure, devices)?.id ?? null)

  const described = devices.flatMap((device) =>
    describeDevice({
      person,
      device,
      measures: ofDevice.get(device.id) ?? [],
      presences: presences.filter(({ deviceId }) => deviceId === device.id),
      personMeasures: measures,
      history,
      clock,
      keepMissingDays: known.keepMissingDays ?? 0,
    }),
  )
  const rules = (known.rules ?? []).filter(({ personId }) => personId === person.id)
  const insights = insightFeatures({
    past: (known.past ?? []).filter(({ personId }) => personId === person.id),
    clock,
    timezone: timezone ?? null,
    guideline: known.guideline ?? "esc-2024",
  })
  const rest = restOf(ofDevice.get(null) ?? [], measures, history, clock)
  return [
    ...described,
    ...describeRest(person, [...inOrder([...rest, ...insights]), ...rules.map(ruleFeature)]),
  ]
}

/** Features of a person without a device: measures, and values computed from all of them. */
const restOf = (
  rest: ReadonlyArray<Measure>,
  all: ReadonlyArray<Measure>,
  history: ReadonlyArray<PastWeight>,
  clock: Clock,
): ReadonlyArray<Feature> => {
  const held = newestByFeature(rest)
  const told = [...held.values()].map((measure) =>
    toFeature(measure.kind, measure.position, toReading(measure, clock)),
  )
  const ofWeight = derivedOfWeight(held.get("weight"), all, history)
  return inOrder([...told, ...ofWeight, ...derivedOfPerson(all, clock)])
}

const describeRest = (person: Person, features: ReadonlyArray<Feature>): ReadonlyArray<DeviceDescriptor> =>
  features.length === 0
    ? []
    : [
        {
          id: personDescriptorId(person.id),
          deviceClass: "person",
          personId: person.id,
          personName: person.name,
          deviceId: null,
          manufacturer: "Withings",
          model: "Person",
          name: person.name.trim() || "Person",
          availability: availabilityOf(person, null),
          features,
        },
      ]
