import { DescriptorId } from "@withings-bridge/core"
import manifest from "../package.json" with { type: "json" }
import type { EventEmitter } from "node:events"
import type { API, CharacteristicEventTypes, HAP } from "homebridge"
import { beforeEach, describe, expect, it } from "vitest"
import { household, ann, descriptor, features, mat, now, reading, scale } from "../test/sampleHousehold.ts"
import type { Shown } from "./accessory.ts"
import { applyPlan } from "./applyPlan.ts"
import { pressButton, restoreUnknown } from "./applyService.ts"
import { readSettings } from "./settings.ts"
import { toHomeKit } from "./toHomeKit.ts"

type TestedApi = API & EventEmitter

interface HomebridgeInternals {
  readonly HomebridgeAPI: new () => TestedApi
}

/** Homebridge's own API, as its plugins are given it; the package exports only its types. */
const newApi = async (): Promise<TestedApi> => {
  const file = new URL("../node_modules/homebridge/dist/api.js", import.meta.url).href
  const { HomebridgeAPI }: HomebridgeInternals = await import(file)
  return new HomebridgeAPI()
}

const { settings } = readSettings({})
const shown = new Map<string, Shown>()
let api: TestedApi
let hap: HAP

/** A rule of Ann that holds. */
const rules = descriptor(ann, [features.rule("Heavy", reading(1))], {
  id: DescriptorId("d-rules"),
  deviceClass: "person",
  deviceId: null,
})

const show = (descriptors: Parameters<typeof household>[0]) =>
  applyPlan(api, shown, toHomeKit(household([...descriptors, rules]), settings), () => true)

const named = (name: string): Shown => {
  const found = [...shown.values()].find((accessory) => accessory.displayName === name)
  if (found === undefined)
    throw new Error(`nothing is called ${name}: ${[...shown.values()].map((one) => one.displayName).join()}`)
  return found
}

const written = (accessory: Shown): Shown => {
  const { platformAccessory } = api
  const cached = JSON.parse(JSON.stringify(platformAccessory.serialize(accessory)))
  return platformAccessory.deserialize(cached) as Shown
}

const read = async (
  accessory: Shown,
  service: "OccupancySensor" | "ContactSensor",
  name: "OccupancyDetected" | "ContactSensorState",
) =>
  accessory
    .getService(hap.Service[service])
    ?.getCharacteristic(hap.Characteristic[name])
    .handleGetRequest()
    .catch(() => "no response")

beforeEach(async () => {
  api = await newApi()
  hap = api.hap
  shown.clear()
})

describe("applyPlan", () => {
  it("adds, keeps and removes accessories", () => {
    expect(show([scale, mat])).toEqual({
      added: ["Ann's scale", "Ann's bed", "Heavy Ann"],
      removed: [],
    })
    expect(show([scale, mat])).toEqual({ added: [], removed: [] })
    expect(show([scale])).toEqual({ added: [], removed: ["Ann's bed"] })
  })

  it("registers once, and touches nothing when nothing changed", () => {
    const calls: Array<string> = []
    for (const event of [
      "registerPlatformAccessories",
      "updatePlatformAccessories",
      "unregisterPlatformAccessories",
    ]) {
      api.on(event, () => calls.push(event))
    }
    show([scale])
    show([scale])
    expect(calls).toEqual(["registerPlatformAccessories"])
    show([
      descriptor(ann, [features.weight(72.4), features.afib(0), features.battery(2), features.measured(now)]),
    ])
    expect(calls).toEqual(["registerPlatformAccessories", "updatePlatformAccessories"])
  })

  it("fails the read of what is not known, and answers as soon as it is", async () => {
    const unknown = descriptor(ann, [features.inBed(null)])
    show([unknown])
    expect(await read(named("Ann's scale"), "OccupancySensor", "OccupancyDetected")).toBe("no response")
    show([descriptor(ann, [features.inBed(reading(0))])])
    expect(await read(named("Ann's scale"), "OccupancySensor", "OccupancyDetected")).toBe(0)
    show([unknown])
    expect(await read(named("Ann's scale"), "OccupancySensor", "OccupancyDetected")).toBe("no response")
  })

  it("shows the last states after a restart, also those not known", async () => {
    show([mat])
    expect(await read(written(named("Ann's bed")), "OccupancySensor", "OccupancyDetected")).toBe(1)
    show([{ ...mat, features: [features.inBed(null)] }])
    const restored = written(named("Ann's bed"))
    restoreUnknown(api, restored)
    expect(await read(restored, "OccupancySensor", "OccupancyDetected")).toBe("no response")
  })

  it("keeps the name a user gave, and follows the person's otherwise", () => {
    show([mat])
    const accessory = named("Ann's bed")
    const name = () =>
      accessory.getService(hap.Service.OccupancySensor)?.getCharacteristic(hap.Characteristic.ConfiguredName)
    expect(name()?.value).toBe("Ann's bed")
    show([{ ...mat, personName: "Anna" }])
    expect(name()?.value).toBe("Anna's bed")
    name()?.updateValue("My side")
    show([{ ...mat, personName: "Anne" }])
    expect(name()?.value).toBe("My side")
  })

  it("tells its version, and what each accessory is for", () => {
    show([scale, mat])
    const { AccessoryInformation, OccupancySensor, StatelessProgrammableSwitch } = hap.Service
    const firmware = named("Ann's bed")
      .getService(AccessoryInformation)
      ?.getCharacteristic(hap.Characteristic.FirmwareRevision)
    expect(firmware?.value).toBe(manifest.version)
    const primary = (name: string) =>
      named(name)
        .services.filter(({ isPrimaryService }) => isPrimaryService)
        .map(({ UUID }) => UUID)
    expect(primary("Ann's bed")).toEqual([OccupancySensor.UUID])
    expect(primary("Ann's scale")).toEqual([StatelessProgrammableSwitch.UUID])
  })

  it("presses a button that knows only the single press", () => {
    show([scale])
    const button = named("Ann's scale")
      .getService(hap.Service.StatelessProgrammableSwitch)
      ?.getCharacteristic(hap.Characteristic.ProgrammableSwitchEvent)
    const pressed: Array<unknown> = []
    button?.on("change" as CharacteristicEventTypes.CHANGE, (change) => pressed.push(change.newValue))
    expect(button?.props.validValues).toEqual([0])
    expect([
      pressButton(api, named("Ann's scale"), "measured"),
      pressButton(api, named("Ann's scale"), "measured"),
    ]).toEqual([true, true])
    expect(pressed).toEqual([0, 0])
  })

  it("opens the contact of a rule", async () => {
    show([scale])
    expect(await read(named("Heavy Ann"), "ContactSensor", "ContactSensorState")).toBe(1)
  })

  it("takes a cache that lacks its context", () => {
    show([mat])
    const bare = written(named("Ann's bed"))
    bare.context = {} as Shown["context"]
    shown.set(bare.UUID, bare)
    expect(show([mat]).removed).toEqual([])
    expect(bare.context.id).toBe(mat.id)
  })
})
