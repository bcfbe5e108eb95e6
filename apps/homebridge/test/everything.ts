import { measureKinds } from "@withings-bridge/core"
import type { Simulator } from "@withings-bridge/simulator"
import { apple, type SeenAccessory, type SeenCharacteristic } from "./HomeKitClient.ts"

/** Every choice of the settings, for one person: a rule of each kind, both stand-ins, body temperature. */
export const everyChoice = (person: string) => ({
  values: "all",
  bodyTemperature: true,
  rules: [
    { name: "Heavy", when: "above", measure: "weight", value: 60, person },
    { name: "Low oxygen", when: "below", measure: "spo2", value: 92, person },
    { name: "Weight goal", when: "goal-reached", measure: "weight", person },
    { name: "Step goal", when: "goal-reached", measure: "steps", person },
    { name: "AFib", when: "afib-found", person },
    {
      name: "Unmeasured",
      when: "no-measure-for-days",
      measure: "blood-pressure-systolic",
      value: 0.1,
      person,
    },
    { name: "Long in bed", when: "in-bed-longer-than-hours", value: 0.001, person },
  ],
  standIns: [
    { measure: "weight", as: "lux", person },
    { measure: "steps", as: "lux", person },
    { measure: "spo2", as: "humidity", person },
  ],
})

export const meastype = { temperature: 12, carbonDioxide: 35, opticalAfib: 139 } as const

/** What the made-up past leaves to chance is measured once, so that each rule and sensor has something to tell. */
export const measureEverything = async (
  simulator: Simulator,
  person: string,
  deviceOfRoom: string,
): Promise<void> => {
  await simulator.weigh(person, 120)
  await simulator.measureOxygen(person, 97)
  await simulator.takeTemperature(person, 36.7)
  await simulator.measure(person, { type: meastype.opticalAfib, value: 0 })
  await simulator.recordEcg(person, 0)
  await simulator.measure(person, { type: meastype.carbonDioxide, value: 620, deviceid: deviceOfRoom })
  await simulator.measure(person, {
    type: meastype.temperature,
    value: 214,
    unit: -1,
    deviceid: deviceOfRoom,
  })
}

const celsius = { unit: "celsius", min: -50, max: 100 }
const lux = { unit: "lux", min: 0.0001, max: 100_000 }
const temperature = { service: apple.temperatureSensor, type: apple.currentTemperature, ...celsius }
const light = { service: apple.lightSensor, type: apple.currentAmbientLightLevel, ...lux }
const occupancy = { service: apple.occupancySensor, type: apple.occupancyDetected }

/** What Home is to be told after `measureEverything`, by the name of the accessory or the service. */
export const trueValues = [
  { of: /'s thermometer Body temperature$/, ...temperature, value: 36.7 },
  { of: /^Smart Body Analyzer .* Temperature$/, ...temperature, value: 21.4 },
  { of: /^Smart/, service: apple.carbonDioxideSensor, type: apple.carbonDioxideDetected, value: 0 },
  {
    of: /^Smart/,
    service: apple.carbonDioxideSensor,
    type: apple.carbonDioxideLevel,
    min: 0,
    max: 100_000,
    value: 620,
  },
  { of: /^Weight as lux/, ...light, value: 120 },
  { of: /^Steps as lux/, ...light },
  {
    of: /^Blood oxygen as humidity/,
    service: apple.humiditySensor,
    type: apple.currentRelativeHumidity,
    unit: "percentage",
    value: 97,
  },
  { of: /'s bed$/, ...occupancy, value: 0 },
  { of: /^Anyone in bed$/, ...occupancy, value: 0 },
]

export const characteristicsOf = (
  accessories: ReadonlyArray<SeenAccessory>,
): ReadonlyArray<SeenCharacteristic> =>
  accessories.flatMap(({ services }) => services).flatMap(({ characteristics }) => characteristics)

const kinds = new Map(Object.values(measureKinds).map((kind) => [kind.name.en, kind]))
const withoutPlace = (description: string) => description.replace(/ \([^()]*\)$/, "")

/** Every number that Home is told in a custom characteristic, with its kind in the vocabulary. */
export const measuresOf = (accessories: ReadonlyArray<SeenAccessory>) =>
  characteristicsOf(accessories).flatMap((seen) => {
    const kind = kinds.get(seen.description) ?? kinds.get(withoutPlace(seen.description))
    return kind === undefined || kind.nature === "verdict" ? [] : [{ seen, kind }]
  })

/** A custom characteristic by its accessory's name and its own. */
export const measureNamed = (
  accessories: ReadonlyArray<SeenAccessory>,
  name: RegExp,
  description: string,
): SeenCharacteristic => {
  const own = characteristicsOf(accessories.filter((accessory) => name.test(accessory.name)))
  const found = own.find((characteristic) => characteristic.description === description)
  if (found === undefined) throw new Error(`${name} tells no "${description}" in Home`)
  return found
}
