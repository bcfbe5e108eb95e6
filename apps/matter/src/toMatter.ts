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
import { healthAttributes, healthReadings } from "./healthAttribute.ts"
import { opaque } from "./opaque.ts"
import type { Clusters, EndpointPlan, MatterDevice, Plan } from "./Plan.ts"
import { within32Bytes } from "./within32Bytes.ts"

/** What a household may choose about its Matter side; see docs/matter.md. */
export interface MatterChoices {
  /** Off by default, because controllers average it into the climate of a room. */
  readonly bodyTemperature: boolean
  /** The same of the skin. */
  readonly skinTemperature: boolean
  readonly language: Language
  /** Names of the persons whose health values every administrator of every fabric may read. */
  readonly healthOf: ReadonlyArray<string>
}

export const noChoices: MatterChoices = {
  bodyTemperature: false,
  skinTemperature: false,
  language: "en",
  healthOf: [],
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
    // One endpoint carries it: Home Assistant and SmartThings would show it once for each.
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

/** What a temperature is shown as. A thermometer tells the body's twice, as body-temperature and as temperature. */
const temperatureUse = (device: DeviceDescriptor, feature: Feature, choices: MatterChoices) => {
  if (feature.unit?.ucum !== "Cel") return undefined
  if (isOfTheRoom(device, feature)) return "room"
  if (feature.kind === "body-temperature" && choices.bodyTemperature) return "body"
  return feature.kind === "skin-temperature" && choices.skinTemperature ? "skin" : undefined
}

/** NodeLabel as people would say it. */
const endpointName = (device: Parameters<typeof spokenName>[0], part: SpokenPart, language: Language) =>
  spokenName(device, part, language) ?? device.model

const occupancySensor = (device: DeviceDescriptor, feature: Feature, choices: MatterChoices) => {
  const shown = shownReading(feature)
  const name = endpointName(device, "bed", choices.language)
  const isKnown = shown !== null && !shown.stale
  return endpoint(device, feature.key, {
    type: "occupancy-sensor",
    name,
    isKnown,
    live: {
      // The bitmap has no null: an unknown bed is unreachable, and clear for controllers that do not look at that.
      occupancySensing: { occupancy: { occupied: shown?.value === 1 } },
      booleanStateConfiguration: { sensorFault: { generalFault: device.availability === "sign-in-needed" } },
    },
  })
}

/** Presses are events, sent by MatterNode; the position rests at 0. */
const genericSwitch = (device: DeviceDescriptor, button: Button, language: Language) => {
  const name = endpointName(device, button, language)
  const fixed = { switch: { numberOfPositions: 2 } }
  return endpoint(device, button, { type: "generic-switch", name, isKnown: true, live: {}, fixed })
}

const temperatureSensor = (
  device: DeviceDescriptor,
  feature: Feature,
  use: "room" | "body" | "skin",
  language: Language,
) => {
  const hundredths = (celsius: number) => Math.round(celsius * 100)
  const value = freshWithin(feature, feature.min, feature.max)
  return endpoint(device, feature.key, {
    type: "temperature-sensor",
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
    type: "air-quality-sensor",
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
    label: `${rule.name.en} ${device.personName ?? ""}`.trim(),
    product: "Rule",
    reachable: rule.reading !== null,
    // true is closed: a rule that holds shows as open, as door sensors do everywhere.
    live: { booleanState: { stateValue: rule.reading?.value !== 1 } },
  })

const health =
  (household: Household, language: Language) =>
  (person: Household["persons"][number]): EndpointPlan => {
    const own = household.descriptors.filter(({ personId }) => personId === person.id)
    return bridged({
      id: `${opaque(person.id, 24)}-health`,
      device: "health",
      label: endpointName(
        { deviceClass: "person", personName: person.name, model: "Person" },
        "health",
        language,
      ),
      product: "Health",
      reachable: own.some(({ availability }) => availability === "available"),
      live: { withingsHealth: healthReadings(healthAttributes, own) },
    })
  }

/** PowerSource.batChargeLevel is Ok, Warning, Critical; Withings tells three words and no percentage. */
const withBattery = (endpoint: EndpointPlan, battery: Feature): EndpointPlan => {
  const level = battery.reading?.value
  if (level === undefined) return endpoint
  return {
    ...endpoint,
    fixed: { ...endpoint.fixed, powerSource: { order: 0, description: "Battery" } },
    live: { ...endpoint.live, powerSource: { status: 1, batChargeLevel: level === 1 ? 1 : 0 } },
  }
}

interface Function {
  readonly type: MatterDevice
  readonly name: string
  readonly isKnown: boolean
  readonly live: Clusters
  readonly fixed?: Clusters
}

const endpoint = (
  device: DeviceDescriptor,
  key: string,
  { fixed = {}, isKnown, live, name, type }: Function,
) =>
  bridged({
    id: `${device.id}-${key.replaceAll(/[^a-zA-Z0-9-]/g, "-")}`,
    device: type,
    label: name,
    product: device.model,
    reachable: isKnown && device.availability === "available",
    live,
    fixed,
  })

const bridged = (of: {
  readonly id: string
  readonly device: MatterDevice
  readonly label: string
  readonly product: string
  readonly reachable: boolean
  readonly live: Clusters
  readonly fixed?: Clusters
}): EndpointPlan => ({
  id: of.id,
  device: of.device,
  name: of.label,
  fixed: {
    ...of.fixed,
    bridgedDeviceBasicInformation: {
      vendorName: "Withings",
      productName: within32Bytes(of.product),
    },
  },
  live: { ...of.live, bridgedDeviceBasicInformation: { reachable: of.reachable } },
})

const isFresh = ({ reading }: Feature) => reading !== null && !reading.stale

/** null rather than a value outside of what the attribute was told to hold: matter.js refuses such a write. */
const freshWithin = (feature: Feature, min: number, max: number) => {
  const { reading } = feature
  if (reading === null || reading.stale || !(reading.value >= min && reading.value <= max)) return null
  return reading.value
}
