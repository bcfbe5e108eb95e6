import {
  DescriptorId,
  DeviceId,
  PersonId,
  Revision,
  type DeviceDescriptor,
  type Feature,
  type Household,
  type Person,
  type Reading,
} from "@withings-bridge/core"

export const now = 1_790_000_000

export const reading = (value: number, options: Partial<Reading> = {}): Reading => ({
  value,
  at: now - 60,
  stale: false,
  ...options,
})

const kilogram = { ucum: "kg", symbol: "kg" }

export const features = {
  weight: (value: number | null): Feature => ({
    key: "weight",
    kind: "weight",
    nature: "value",
    category: "body",
    name: { en: "Weight", fr: "Poids" },
    unit: kilogram,
    decimals: 2,
    min: 0,
    max: 300,
    essential: true,
    reading: value === null ? null : reading(value),
  }),
  bodyTemperature: (value: number): Feature => ({
    ...features.weight(value),
    key: "body-temperature",
    kind: "body-temperature",
    category: "temperature",
    name: { en: "Body temperature", fr: "Température corporelle" },
    unit: { ucum: "Cel", symbol: "°C" },
    min: 30,
    max: 45,
  }),
  carbonDioxide: (value: number): Feature => ({
    ...features.weight(value),
    key: "co2",
    kind: "co2",
    category: "environment",
    name: { en: "CO2", fr: "CO2" },
    unit: { ucum: "[ppm]", symbol: "ppm" },
    min: 0,
    max: 10_000,
  }),
  steps: (value: number, options: Partial<Reading> = {}): Feature => ({
    ...features.weight(value),
    key: "steps",
    kind: "steps",
    nature: "counter",
    category: "activity",
    name: { en: "Steps", fr: "Pas" },
    unit: null,
    reading: reading(value, options),
  }),
  afib: (value: number): Feature => ({
    ...features.weight(value),
    key: "afib-ppg",
    kind: "afib-ppg",
    nature: "verdict",
    category: "heart",
    name: { en: "AFib", fr: "FA" },
    unit: null,
    verdicts: { 0: { en: "Not detected", fr: "Non détectée" }, 1: { en: "Detected", fr: "Détectée" } },
  }),
  inBed: (value: Reading | null): Feature => ({
    ...features.weight(null),
    key: "in-bed",
    kind: "in-bed",
    nature: "presence",
    category: "device",
    name: { en: "In bed", fr: "Au lit" },
    unit: null,
    min: 0,
    max: 1,
    reading: value,
  }),
  rule: (name: string, value: Reading | null): Feature => ({
    ...features.weight(null),
    key: `rule-${name}`,
    kind: "rule",
    nature: "rule",
    category: "device",
    name: { en: name, fr: name },
    unit: null,
    min: 0,
    max: 1,
    reading: value,
  }),
  battery: (level: number): Feature => ({
    ...features.weight(level),
    key: "battery",
    kind: "battery",
    nature: "battery",
    category: "device",
    name: { en: "Battery", fr: "Batterie" },
    unit: null,
    min: 1,
    max: 3,
  }),
  measured: (at: number): Feature => ({
    ...features.weight(1),
    key: "measured",
    kind: "measured",
    nature: "measured",
    category: "device",
    name: { en: "Just measured", fr: "Mesure faite" },
    unit: null,
    reading: reading(1, { at }),
  }),
}

export const ann: Person = {
  id: PersonId("p-ann"),
  name: "Ann",
  withingsUserId: "1",
  standing: { state: "signed-in", since: now, lastSuccess: now, nextTry: null, reason: null },
}
export const bob: Person = { ...ann, id: PersonId("p-bob"), name: "Bob", withingsUserId: "2" }

export const descriptor = (
  person: Person | null,
  own: ReadonlyArray<Feature>,
  options: Partial<DeviceDescriptor> = {},
): DeviceDescriptor => ({
  id: DescriptorId(`d-${person?.name ?? "all"}-${options.deviceClass ?? "scale"}`),
  deviceClass: "scale",
  personId: person?.id ?? null,
  personName: person?.name ?? null,
  deviceId: DeviceId("device"),
  manufacturer: "Withings",
  model: "Body+",
  name: `Body+ ${person?.name ?? ""}`,
  availability: "available",
  features: own,
  ...options,
})

export const household = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  persons: ReadonlyArray<Person> = [ann, bob],
): Household => ({ revision: Revision(1), values: "all", persons, descriptors, leftOut: [] })

export const scale = descriptor(ann, [
  features.weight(72.4),
  features.battery(2),
  features.measured(now - 60),
])
export const mat = descriptor(
  ann,
  [features.inBed(reading(1)), features.battery(3), features.measured(now - 60)],
  {
    deviceClass: "sleep-monitor",
    model: "Aura Sensor V2",
    name: "Aura Sensor V2 Ann",
  },
)
