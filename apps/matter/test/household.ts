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
import type { MatterChoices } from "../src/toMatter.ts"

/** Small households, written as a test needs them. */
export const at = 1_763_700_000

export const reading = (value: number, more: Partial<Reading> = {}): Reading => ({
  value,
  at,
  stale: false,
  ...more,
})

const feature = (
  key: string,
  shape: Pick<Feature, "nature" | "category"> & Partial<Feature>,
  reading: Reading | null,
): Feature => ({
  key,
  kind: key,
  name: { en: key, fr: key },
  unit: null,
  decimals: 0,
  min: 0,
  max: 1,
  ...shape,
  reading,
})

const celsius = { ucum: "Cel", symbol: "°C" }
const ppm = { ucum: "[ppm]", symbol: "ppm" }
const kilogram = { ucum: "kg", symbol: "kg" }

export const inBed = (of: Reading | null) => feature("in-bed", { nature: "presence", category: "device" }, of)
export const measured = feature("measured", { nature: "measured", category: "device" }, null)
export const battery = (of: Reading | null) =>
  feature("battery", { nature: "battery", category: "device", min: 1, max: 3 }, of)
export const rule = (name: string, of: Reading | null) =>
  feature(`rule-${name}`, { nature: "rule", category: "device", name: { en: name, fr: name } }, of)
export const weight = (of: Reading | null) =>
  feature("weight", { nature: "value", category: "body", unit: kilogram, max: 500 }, of)
export const bodyTemperature = (of: Reading | null) =>
  feature(
    "body-temperature",
    { nature: "value", category: "temperature", unit: celsius, min: 25, max: 45 },
    of,
  )
export const roomTemperature = (of: Reading | null) =>
  feature("temperature", { nature: "value", category: "temperature", unit: celsius, min: -20, max: 60 }, of)
export const co2 = (of: Reading | null) =>
  feature("co2", { nature: "value", category: "environment", unit: ppm, max: 10_000 }, of)
export const count = (key: string, of: Reading | null) =>
  feature(key, { nature: "counter", category: "activity", max: 200_000 }, of)

export const person = (name: string): Person => ({
  id: PersonId(`person-${name}`),
  name,
  withingsUserId: "1",
  standing: { state: "signed-in", since: at, lastSuccess: at, nextTry: null, reason: null },
})

export const device = (
  id: string,
  model: string,
  features: ReadonlyArray<Feature>,
  more: Partial<DeviceDescriptor> = {},
): DeviceDescriptor => ({
  id: DescriptorId(id.padEnd(24, "0")),
  deviceClass: "other",
  personId: PersonId("person-Ann"),
  personName: "Ann",
  deviceId: DeviceId(id),
  manufacturer: "Withings",
  model,
  name: `${model} Ann`,
  availability: "available",
  features,
  ...more,
})

export const household = (...descriptors: ReadonlyArray<DeviceDescriptor>): Household => ({
  revision: Revision(1),
  persons: [person("Ann"), person("Bob")],
  descriptors,
  values: "all",
  leftOut: [],
})

export const mat = device("aa", "Sleep Analyzer", [inBed(reading(1)), measured, battery(reading(3))], {
  deviceClass: "sleep-monitor",
})

/** One of everything that Matter can carry. */
export const everything = household(
  mat,
  device(
    "bb",
    "WS-50",
    [weight(reading(72.4)), roomTemperature(reading(21.5)), co2(reading(900)), measured],
    {
      deviceClass: "scale",
    },
  ),
  device("cc", "Thermo", [bodyTemperature(reading(36.6)), measured, battery(reading(1))], {
    deviceClass: "thermometer",
  }),
)

/** Matter's settings as they are when nobody has changed them. */
export const noChoices: MatterChoices = {
  bodyTemperature: false,
  skinTemperature: false,
  language: "en",
  healthOf: [],
}
