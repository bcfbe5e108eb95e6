import {
  type Button,
  buttonsOf,
  type DeviceDescriptor,
  type Feature,
  type Household,
  isOfTheRoom,
  type Language,
  shownReading,
  spokenName,
  type SpokenPart,
  type DescriptorId,
} from "@withings-bridge/core"
import { healthReadings } from "./healthAttribute.ts"
import { opaque } from "./opaque.ts"
import type { Clusters, EndpointPlan, Plan } from "./Plan.ts"
import { within32Bytes } from "./within32Bytes.ts"

/** The settings of the mapping; see docs/matter.md. */
export interface MatterChoices {
  /** Off by default: controllers average it into the climate of a room. */
  readonly bodyTemperature: boolean
  readonly skinTemperature: boolean
  readonly language: Language
  /** Names of the persons whose health values every administrator of every fabric may read. */
  readonly healthOf: ReadonlyArray<string>
}

/** The endpoint that a button of a descriptor is. */
export const buttonId = (descriptorId: DescriptorId, button: Button): string => `${descriptorId}-${button}`

export const toMatter = (household: Household, choices: MatterChoices): Plan => ({
  endpoints: [
    ...devicesOf(household, choices),
    ...household.persons
      .filter(({ name }) => choices.healthOf.includes(name))
      .map(health(household, choices.language)),
  ],
})

const devicesOf = (household: Household, choices: MatterChoices): ReadonlyArray<EndpointPlan> => {
  const devices = household.descriptors.filter(({ availability }) => availability !== "unlinked")
  // Two persons share a device, and the device has one battery.
  const withBatteries = new Set<string>()
  return devices.flatMap((device) => {
    const endpoints = [
      ...device.features.flatMap((feature) => functionOf(device, feature, choices) ?? []),
      ...buttonsOf(device).map(({ button }) => genericSwitch(device, button, choices.language)),
    ]
    const battery = device.features.find(({ nature }) => nature === "battery")
    const key = device.deviceId ?? device.id
    if (battery === undefined || endpoints.length === 0 || withBatteries.has(key)) return endpoints
    withBatteries.add(key)
    // On one endpoint only: Home Assistant and SmartThings show the battery of each endpoint.
    const carrier = endpoints.find(({ device }) => device === "occupancy-sensor") ?? endpoints[0]
    return endpoints.map((endpoint) => (endpoint === carrier ? withBattery(endpoint, battery) : endpoint))
  })
}

const functionOf = (
  device: DeviceDescriptor,
  feature: Feature,
  choices: MatterChoices,
): EndpointPlan | undefined => {
  if (feature.nature === "presence") return occupancySensor(device, feature, choices)
  if (feature.nature === "rule") return contactSensor(device, feature)
  if (feature.nature !== "value" || feature.category === "goal") return undefined
  if (feature.unit?.ucum === "[ppm]" && feature.category === "environment")
    return airQualitySensor(device, feature, choices.language)
  const use = temperatureUse(device, feature, choices)
  return use === undefined ? undefined : temperatureSensor(device, feature, use, choices.language)
}

/** What a temperature is shown as. A thermometer sends body temperature twice, as body-temperature and temperature. */
const temperatureUse = (device: DeviceDescriptor, feature: Feature, choices: MatterChoices) => {
  if (feature.unit?.ucum !== "Cel") return undefined
  if (isOfTheRoom(device, feature)) return "room"
  if (feature.kind === "body-temperature" && choices.bodyTemperature) return "body"
  return feature.kind === "skin-temperature" && choices.skinTemperature ? "skin" : undefined
}

/** NodeLabel, in everyday words. */
const endpointName = (device: Parameters<typeof spokenName>[0], part: SpokenPart, language: Language) =>
  spokenName(device, part, language) ?? device.model

const occupancySensor = (device: DeviceDescriptor, feature: Feature, choices: MatterChoices) => {
  const shown = shownReading(feature)
  return endpoint(device, feature.key, {
    device: "occupancy-sensor",
    name: endpointName(device, "bed", choices.language),
    isKnown: shown !== null && !shown.stale,
    live: {
      // The bitmap has no null: an unknown bed is unreachable, and clear for controllers that ignore that.
      occupancySensing: { occupancy: { occupied: shown?.value === 1 } },
      booleanStateConfiguration: { sensorFault: { generalFault: device.availability === "sign-in-needed" } },
    },
  })
}

/** Presses are events, sent by MatterNode; the position rests at 0. */
const genericSwitch = (device: DeviceDescriptor, button: Button, language: Language) =>
  endpoint(device, button, {
    device: "generic-switch",
    name: endpointName(device, button, language),
    isKnown: true,
    live: {},
    fixed: { switch: { numberOfPositions: 2 } },
  })

const temperatureSensor = (
  device: DeviceDescriptor,
  feature: Feature,
  use: "room" | "body" | "skin",
  language: Language,
) => {
  const hundredths = (celsius: number) => Math.round(celsius * 100)
  const value = freshWithin(feature, feature.min, feature.max)
  return endpoint(device, feature.key, {
    device: "temperature-sensor",
    name: endpointName(device, use, language),
    isKnown: isFresh(feature),
    live: { temperatureMeasurement: { measuredValue: value === null ? null : hundredths(value) } },
    fixed: {
      temperatureMeasurement: {
        minMeasuredValue: hundredths(feature.min),
        maxMeasuredValue: hundredths(feature.max),
      },
    },
  })
}

const maxPpm = 10_000
const unitPpm = 0
const mediumAir = 0

const airQualitySensor = (device: DeviceDescriptor, feature: Feature, language: Language) => {
  const ppm = freshWithin(feature, 0, maxPpm)
  return endpoint(device, feature.key, {
    device: "air-quality-sensor",
    name: endpointName(device, "air", language),
    isKnown: isFresh(feature),
    live: {
      airQuality: { airQuality: airQualityOf(ppm) },
      carbonDioxideConcentrationMeasurement: { measuredValue: ppm },
    },
    fixed: {
      carbonDioxideConcentrationMeasurement: {
        minMeasuredValue: 0,
        maxMeasuredValue: maxPpm,
        measurementUnit: unitPpm,
        measurementMedium: mediumAir,
      },
    },
  })
}

/** AirQualityEnum: the cluster is mandatory and Withings gives no verdict, so it is derived from CO₂ alone (docs/matter.md). */
const airQualityOf = (ppm: number | null) => {
  if (ppm === null) return 0
  if (ppm < 800) return 1
  if (ppm < 1000) return 2
  if (ppm < 1500) return 3
  return ppm < 2000 ? 4 : 5
}

/** A rule of the household. */
const contactSensor = (device: DeviceDescriptor, rule: Feature): EndpointPlan =>
  bridged({
    id: `${opaque(`${device.personId}/${rule.key}`, 24)}-rule`,
    device: "contact-sensor",
    name: `${rule.name.en} ${device.personName ?? ""}`.trim(),
    product: "Rule",
    reachable: rule.reading !== null,
    // true is closed: a rule that holds shows as an open door.
    live: { booleanState: { stateValue: rule.reading?.value !== 1 } },
  })

const health =
  (household: Household, language: Language) =>
  (person: Household["persons"][number]): EndpointPlan => {
    const own = household.descriptors.filter(({ personId }) => personId === person.id)
    return bridged({
      id: `${opaque(person.id, 24)}-health`,
      device: "health",
      name: endpointName(
        { deviceClass: "person", personName: person.name, model: "Person" },
        "health",
        language,
      ),
      product: "Health",
      reachable: own.some(({ availability }) => availability === "available"),
      live: { withingsHealth: healthReadings(own) },
    })
  }

/** PowerSource.batChargeLevel is Ok, Warning or Critical. Withings has three levels and no percentage. */
const withBattery = (endpoint: EndpointPlan, battery: Feature): EndpointPlan => {
  const level = battery.reading?.value
  if (level === undefined) return endpoint
  return {
    ...endpoint,
    fixed: { ...endpoint.fixed, powerSource: { order: 0, description: "Battery" } },
    live: { ...endpoint.live, powerSource: { status: 1, batChargeLevel: level === 1 ? 1 : 0 } },
  }
}

/** An endpoint before it is bridged: what its device adds to the clusters is left out. */
type Unbridged = Omit<EndpointPlan, "fixed"> & {
  readonly product: string
  readonly reachable: boolean
  readonly fixed?: Clusters
}

const endpoint = (
  of: DeviceDescriptor,
  key: string,
  { isKnown, ...own }: Omit<Unbridged, "id" | "product" | "reachable"> & { readonly isKnown: boolean },
) =>
  bridged({
    ...own,
    id: `${of.id}-${key.replaceAll(/[^a-zA-Z0-9-]/g, "-")}`,
    product: of.model,
    reachable: isKnown && of.availability === "available",
  })

const bridged = ({ fixed, live, product, reachable, ...own }: Unbridged): EndpointPlan => ({
  ...own,
  fixed: {
    ...fixed,
    bridgedDeviceBasicInformation: { vendorName: "Withings", productName: within32Bytes(product) },
  },
  live: { ...live, bridgedDeviceBasicInformation: { reachable } },
})

const isFresh = ({ reading }: Feature) => reading !== null && !reading.stale

/** null instead of a value out of range, which matter.js would refuse. */
const freshWithin = (feature: Feature, min: number, max: number) => {
  const { reading } = feature
  if (reading === null || reading.stale || !(reading.value >= min && reading.value <= max)) return null
  return reading.value
}
