import { PersonId, DeviceId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import * as the from "../test/household.ts"
import { type MatterChoices, toMatter } from "./toMatter.ts"

const plan = (household = the.everything, choices: Partial<MatterChoices> = {}) =>
  toMatter(household, { ...the.noChoices, ...choices }).endpoints

const only = (...features: Parameters<typeof the.device>[2]) => {
  const [endpoint] = plan(the.household(the.device("aa", "Sleep Analyzer", features)))
  if (endpoint === undefined) throw new Error("no endpoint was planned")
  return endpoint
}

const reachable = { reachable: true }
const unreachable = { reachable: false }

describe("toMatter", () => {
  it("gives each function of a person and device its own flat endpoint", () => {
    expect(plan().map(({ id, device }) => [id.replace(/^(..)0+/, "$1"), device])).toEqual([
      ["aa-in-bed", "occupancy-sensor"],
      ["aa-measured", "generic-switch"],
      ["aa-went-to-bed", "generic-switch"],
      ["aa-got-up", "generic-switch"],
      ["bb-temperature", "temperature-sensor"],
      ["bb-co2", "air-quality-sensor"],
      ["bb-measured", "generic-switch"],
      ["cc-measured", "generic-switch"],
    ])
  })

  it("shows presence as core decides, and as unreachable while it is not known", () => {
    const occupied = (value: boolean) => ({ occupancy: { occupied: value } })
    for (const [reading, value, reach] of [
      [the.reading(1), true, reachable],
      [the.reading(0), false, reachable],
      [the.reading(1, { stale: true }), true, unreachable],
      [null, false, unreachable],
    ] as const)
      expect(only(the.inBed(reading)).live).toEqual({
        occupancySensing: occupied(value),
        booleanStateConfiguration: { sensorFault: { generalFault: false } },
        bridgedDeviceBasicInformation: reach,
      })
  })

  it("tells a battery by its level alone, on one endpoint of the device", () => {
    const levels = [3, 2, 1].map(
      (value) => only(the.measured, the.battery(the.reading(value))).live["powerSource"],
    )
    expect(levels).toEqual([0, 0, 1].map((batChargeLevel) => ({ status: 1, batChargeLevel })))
    expect(
      plan()
        .filter(({ live }) => live["powerSource"])
        .map(({ id }) => id.slice(24)),
    ).toEqual(["-in-bed", "-measured"])
    expect(only(the.measured, the.battery(null)).live["powerSource"]).toBeUndefined()
  })

  it("keeps body temperature off until asked for, in hundredths, null when stale or impossible", () => {
    const sensor = (reading: ReturnType<typeof the.reading>) =>
      plan(the.household(the.device("cc", "Thermo", [the.bodyTemperature(reading)])), {
        bodyTemperature: true,
      })[0]?.live["temperatureMeasurement"]
    expect(plan().some(({ id }) => id.includes("body-temperature"))).toBe(false)
    expect(sensor(the.reading(36.61))).toEqual({ measuredValue: 3661 })
    expect(sensor(the.reading(36.61, { stale: true }))).toEqual({ measuredValue: null })
    expect(sensor(the.reading(400))).toEqual({ measuredValue: null })
  })

  it("gives a thermometer one sensor for the body, and one for the skin on request", () => {
    const skin = {
      ...the.bodyTemperature(the.reading(33)),
      key: "skin-temperature",
      kind: "skin-temperature",
    }
    const thermo = the.device(
      "cc",
      "Thermo",
      [the.roomTemperature(the.reading(36.6)), the.bodyTemperature(the.reading(36.6)), skin],
      { deviceClass: "thermometer" },
    )
    const names = (choices: Partial<MatterChoices>) =>
      plan(the.household(thermo), choices).map(({ name }) => name)
    expect(names({})).toEqual([])
    expect(names({ bodyTemperature: true })).toEqual(["Ann's temperature"])
    expect(names({ skinTemperature: true })).toEqual(["Ann's skin temperature"])
  })

  it("tells the battery of a device once, however many persons use it", () => {
    const shared = (id: string, person: string) =>
      the.device(id, "Body+", [the.measured, the.battery(the.reading(3))], {
        deviceId: DeviceId("scale"),
        personId: PersonId(person),
      })
    const carriers = (...devices: ReadonlyArray<ReturnType<typeof shared>>) =>
      plan(the.household(...devices)).filter(({ live }) => live["powerSource"]).length
    expect(carriers(shared("aa", "person-Ann"), shared("bb", "person-Bob"))).toBe(1)
    // Whoever leaves does not take it along.
    expect(
      carriers({ ...shared("aa", "person-Ann"), availability: "unlinked" }, shared("bb", "person-Bob")),
    ).toBe(1)
  })

  it("derives air quality from carbon dioxide, unknown when that is", () => {
    const quality = [500, 900, 1200, 1800, 3000, 20_000].map((ppm) => {
      const { airQuality, carbonDioxideConcentrationMeasurement } = only(the.co2(the.reading(ppm))).live
      return [airQuality?.["airQuality"], carbonDioxideConcentrationMeasurement?.["measuredValue"]]
    })
    expect(quality).toEqual([
      [1, 500],
      [2, 900],
      [3, 1200],
      [4, 1800],
      [5, 3000],
      [0, null],
    ])
  })

  it("makes what was signed out unreachable, and takes away what Withings no longer lists", () => {
    const away = (availability: "sign-in-needed" | "unlinked") =>
      plan(the.household({ ...the.mat, availability }))
    expect(away("sign-in-needed").map(({ live }) => live["bridgedDeviceBasicInformation"])).toEqual([
      unreachable,
      unreachable,
      unreachable,
      unreachable,
    ])
    const faults = away("sign-in-needed").map(({ live }) => live["booleanStateConfiguration"])
    expect(faults).toEqual([{ sensorFault: { generalFault: true } }, undefined, undefined, undefined])
    expect(away("unlinked")).toEqual([])
  })

  it("opens a contact when its rule holds, and is unreachable while that is unknown", () => {
    const contact = (state: ReturnType<typeof the.reading> | null) => {
      const { device, live } = only(the.rule("Heavy", state))
      expect(device).toBe("contact-sensor")
      return [live["booleanState"]?.["stateValue"], live["bridgedDeviceBasicInformation"]]
    }
    expect(contact(the.reading(1))).toEqual([false, reachable])
    expect(contact(the.reading(0))).toEqual([true, reachable])
    expect(contact(null)).toEqual([true, unreachable])
  })

  it("shows the health values only of whom it was allowed, with their times", () => {
    expect(plan().some(({ device }) => device === "health")).toBe(false)
    const [health] = plan(the.everything, { healthOf: ["Ann"] }).slice(-1)
    expect(health?.live["withingsHealth"]).toMatchObject({
      weight: 72_400,
      weightTime: the.at,
      bodyTemperature: 3660,
      systolic: null,
      systolicTime: null,
    })
  })

  it("keeps the product name within 32 bytes, and gives each endpoint an id that stays", () => {
    const long = the.device("aa", "Éléphant d'Analyse du Sommeil €€", [the.measured])
    const { productName } = plan(the.household(long))[0]?.fixed["bridgedDeviceBasicInformation"] ?? {}
    expect(new TextEncoder().encode(String(productName)).length).toBeLessThanOrEqual(32)

    const ids = plan().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(plan().map(({ id }) => id)).toEqual(ids)
  })
})
