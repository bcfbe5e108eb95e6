import { type Feature, type Reading, type ShownValues, DescriptorId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import {
  ann,
  bob,
  descriptor,
  features,
  household,
  mat,
  now,
  reading,
  scale,
} from "../test/sampleHousehold.ts"
import type { AccessoryPlan } from "./Plan.ts"
import { readSettings, type Settings } from "./settings.ts"
import { mayBeRemoved, toHomeKit } from "./toHomeKit.ts"

const settingsWith = (block: Record<string, unknown>): Settings => {
  const { settings, mistakes } = readSettings(block)
  expect(mistakes).toEqual([])
  return settings
}

/** "Service.Characteristic" → value; a custom characteristic under its key. */
const values = (plan: AccessoryPlan | undefined) =>
  Object.fromEntries(
    (plan?.services ?? []).flatMap((service) =>
      service.characteristics.map((characteristic) => [
        `${service.type}.${characteristic.type === "custom" ? characteristic.key : characteristic.type}`,
        characteristic.value,
      ]),
    ),
  )

const planOf = (
  descriptors: Parameters<typeof household>[0],
  block: Record<string, unknown> = {},
  values: ShownValues = "essential",
) => toHomeKit({ ...household(descriptors), values }, settingsWith(block))

describe("toHomeKit", () => {
  it("shows a scale as battery, button and measures", () => {
    const [plan] = planOf([scale])
    expect(plan?.name).toBe("Ann's scale")
    expect(values(plan)).toMatchObject({
      "Battery.BatteryLevel": 50,
      "Battery.StatusLowBattery": 0,
      "StatelessProgrammableSwitch.ProgrammableSwitchEvent": null,
      "Measures.weight": 72.4,
      "Measures.standing": "Up to date",
    })
  })

  it("shows a mat as occupied", () => {
    expect(values(planOf([mat])[0])).toMatchObject({
      "OccupancySensor.OccupancyDetected": 1,
      "OccupancySensor.StatusActive": true,
      "OccupancySensor.StatusFault": 0,
    })
  })

  it("shows presence as core decides, and not as active while it is not known", () => {
    const shown = (shown: Reading | null) =>
      values(planOf([descriptor(ann, [{ ...features.inBed(reading(1, { stale: true })), shown }])])[0])
    const occupied = "OccupancySensor.OccupancyDetected"
    expect(shown(null)).toMatchObject({ [occupied]: null, "OccupancySensor.StatusActive": false })
    const clear = { [occupied]: 0, "OccupancySensor.StatusActive": false }
    expect(shown(reading(0, { stale: true }))).toMatchObject(clear)
  })

  it("says low battery only for low, and nothing for a level that is not known", () => {
    const low = values(planOf([descriptor(ann, [features.battery(1)])])[0])
    expect(low).toMatchObject({ "Battery.StatusLowBattery": 1, "Battery.BatteryLevel": 20 })
    expect(planOf([descriptor(ann, [features.battery(7)])])).toEqual([])
  })

  it("keeps what someone shows who has to sign in again, and says so", () => {
    expect(values(planOf([{ ...mat, availability: "sign-in-needed" }])[0])).toMatchObject({
      "OccupancySensor.OccupancyDetected": 1,
      "OccupancySensor.StatusActive": false,
      "OccupancySensor.StatusFault": 1,
    })
  })

  it("leaves out what is unlinked, and what Home could not show", () => {
    expect(planOf([{ ...scale, availability: "unlinked" }])).toEqual([])
    const onlyMeasures = descriptor(ann, [features.steps(900)], { deviceClass: "person", deviceId: null })
    expect(planOf([onlyMeasures])).toEqual([])
    expect(planOf([onlyMeasures], {}, "all")).toHaveLength(1)
  })

  it("shows the essential values, and the others when the household wants all", () => {
    const { essential: _, ...segment } = features.weight(30)
    const parted = descriptor(ann, [features.weight(70), { ...segment, key: "muscle", kind: "muscle" }])
    const shown = (shownValues: ShownValues) =>
      Object.keys(
        values(
          planOf([{ ...parted, features: [...parted.features, features.battery(3)] }], {}, shownValues)[0],
        ),
      )
    expect(shown("essential")).toContain("Measures.weight")
    expect(shown("essential")).not.toContain("Measures.muscle")
    expect(shown("all")).toContain("Measures.muscle")
    expect(settingsWith({ values: "with-others" }).values).toBe("essential")
    expect(settingsWith({}).values).toBe("shared")
  })

  it("does not show a measure as zero before it is known", () => {
    const plan = planOf([descriptor(ann, [features.weight(null), features.battery(3)])])[0]
    expect(plan?.services.map((service) => service.type)).toEqual(["Battery"])
  })

  it("lets the range give way to a measure beyond it", () => {
    const plan = planOf([descriptor(ann, [features.weight(412), features.battery(3)])])[0]
    const weight = plan?.services
      .flatMap((service) => service.characteristics)
      .find((one) => one.value === 412)
    expect(weight?.type === "custom" && weight.range).toEqual({ min: 0, max: 412 })
  })

  it("speaks a verdict, in the language of the settings", () => {
    const heart = descriptor(ann, [features.afib(1), features.battery(3)])
    expect(values(planOf([heart])[0])["Measures.afib-ppg"]).toBe("Detected")
    expect(values(planOf([heart], { language: "fr" })[0])["Measures.afib-ppg"]).toBe("Détectée")
  })

  it("shows a body's temperature only when asked to, a room's and its carbon dioxide always", () => {
    const fever = descriptor(ann, [features.bodyTemperature(38.4), features.battery(3)])
    expect(values(planOf([fever])[0])).not.toHaveProperty(["TemperatureSensor.CurrentTemperature"])
    expect(values(planOf([fever], { bodyTemperature: true })[0])).toMatchObject({
      "TemperatureSensor.CurrentTemperature": 38.4,
    })
    expect(values(planOf([descriptor(ann, [features.carbonDioxide(1200)])])[0])).toMatchObject({
      "CarbonDioxideSensor.CarbonDioxideDetected": 1,
      "CarbonDioxideSensor.CarbonDioxideLevel": 1200,
    })
  })

  it("takes the temperature that a scale tells for the room's, and a thermometer's for a body's", () => {
    const temperature = { ...features.bodyTemperature(21.4), key: "temperature", kind: "temperature" }
    const shown = "TemperatureSensor.CurrentTemperature"
    const at = (deviceClass: "scale" | "thermometer") =>
      values(planOf([descriptor(ann, [temperature, features.battery(3)], { deviceClass })])[0])
    expect(at("scale")).toMatchObject({ [shown]: 21.4 })
    expect(at("thermometer")).not.toHaveProperty([shown])
  })

  it("shows one temperature of a thermometer that tells three, the corrected one", () => {
    const skin = { ...features.bodyTemperature(34.1), key: "skin-temperature", kind: "skin-temperature" }
    const raw = { ...features.bodyTemperature(36.2), key: "temperature", kind: "temperature" }
    const sensors = (...own: ReadonlyArray<Feature>) => {
      const thermometer = descriptor(ann, own, { deviceClass: "thermometer" })
      const services = planOf([thermometer], { bodyTemperature: true })[0]?.services ?? []
      return services.filter(({ type }) => type === "TemperatureSensor")
    }
    const [known] = sensors(skin, raw, features.bodyTemperature(36.8))
    expect(sensors(skin, raw, features.bodyTemperature(36.8))).toHaveLength(1)
    expect(known?.characteristics[0]?.value).toBe(36.8)
    // The same service before and after the corrected one was heard of, or automations would break.
    expect(sensors(skin)[0]?.subtype).toBe(known?.subtype)
  })

  it("labels a stand-in as what it is, once for each person, with the newest reading", () => {
    const older = { ...features.weight(80), reading: reading(80, { at: now - 86_400 }) }
    const second = descriptor(ann, [older], { id: DescriptorId("d-second"), name: "Body Ann" })
    const standIn = (person: string) =>
      planOf([second, scale], { standIns: [{ measure: "weight", as: "lux", person }] }).filter(
        ({ model }) => model === "Stand-in",
      )
    expect(standIn("Ann").map(({ name }) => name)).toEqual(["Weight as lux Ann"])
    expect(values(standIn("Ann")[0])["LightSensor.CurrentAmbientLightLevel"]).toBe(72.4)
    expect(standIn("Bob")).toEqual([])
  })

  it("calls things as people do, unless two would be called alike", () => {
    const second = descriptor(ann, [features.battery(3)], {
      id: DescriptorId("d-second"),
      name: "Body Cardio Ann",
    })
    expect(planOf([scale, second]).map(({ name }) => name)).toEqual(["Body Plus Ann", "Body Cardio Ann"])
    expect(planOf([scale, mat]).map(({ name }) => name)).toEqual(["Ann's scale", "Ann's bed"])
    expect(planOf([scale, mat], { language: "fr" }).map(({ name }) => name)).toEqual([
      "Balance d'Ann",
      "Lit d'Ann",
    ])
    const bed = planOf([mat])[0]?.services.find(({ type }) => type === "OccupancySensor")
    expect(bed?.name).toBe("Ann's bed")
  })

  it("shows nothing that is switched off", () => {
    const off = { presence: false, batteries: false, buttons: false, values: "none" }
    expect(planOf([scale, mat], off)).toEqual([])
    expect(planOf([scale, mat], { devices: ["sleep-monitor"] }).map((plan) => plan.name)).toEqual([
      "Ann's bed",
    ])
  })
})

describe("rules", () => {
  const contact = (state: Reading | null) =>
    planOf([descriptor(ann, [features.weight(72), features.rule("Heavy", state)], { deviceClass: "person" })])

  it.each([
    ["holds", reading(1), 1],
    ["does not hold", reading(0), 0],
    ["is not known", null, null],
  ])("is a contact of its own when it %s", (_, state, expected) => {
    const [plan, ...more] = contact(state)
    expect(more).toEqual([])
    expect(plan).toMatchObject({ id: "rule:p-ann:Heavy", name: "Heavy Ann", model: "Rule" })
    expect(values(plan)["ContactSensor.ContactSensorState"]).toBe(expected)
  })
})

describe("mayBeRemoved", () => {
  const settings = settingsWith({})
  const ofAnn = { id: "old", personId: ann.id }

  it("removes a device that went, and the devices of a person who went", () => {
    expect(mayBeRemoved(household([scale]), settings, ofAnn)).toBe(true)
    expect(mayBeRemoved(household([scale], [bob]), settings, ofAnn)).toBe(true)
  })

  it("removes the last device of a person when it is left out", () => {
    expect(mayBeRemoved({ ...household([]), leftOut: [scale] }, settings, ofAnn)).toBe(true)
  })

  it("removes nothing while the store is empty or the person's devices are not known", () => {
    expect(mayBeRemoved(household([], []), settings, ofAnn)).toBe(false)
    expect(mayBeRemoved(household([]), settings, ofAnn)).toBe(false)
  })

  it("removes everything once the last person was seen to go", () => {
    expect(mayBeRemoved(household([], []), settings, ofAnn, true)).toBe(true)
    expect(mayBeRemoved(household([], []), settings, { id: "household", personId: null }, true)).toBe(true)
  })

  it("keeps a stand-in that nothing is known of", () => {
    const known = settingsWith({ standIns: [{ measure: "weight", as: "lux" }] })
    const standIn = { id: "stand-in:p-ann:weight:lux", personId: ann.id }
    expect(mayBeRemoved(household([scale]), known, standIn)).toBe(false)
    expect(mayBeRemoved(household([scale]), settings, standIn)).toBe(true)
  })
})
