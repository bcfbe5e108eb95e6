import { DescriptorId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { descriptor, feature, units, weighedAt } from "../test/TestCore.ts"
import { toGladys, toPairings } from "./toGladys.ts"

const naming = { prefix: "withings", language: "en" } as const
const one = (over: Parameters<typeof feature>[0]) =>
  toGladys(descriptor({ features: [feature(over)] }), naming).features[0]
const reading = (value: number) => ({ value, at: weighedAt, stale: false })

describe("toGladys", () => {
  it("tells a weight as a counter whose name carries the unit that Gladys has not", () => {
    expect(one({ reading: reading(72.4) })).toMatchObject({
      name: "Weight (kg)",
      selector: "withings-body-plus-01234567-weight",
      external_id: "withings:0123456789abcdef01234567:weight",
      category: "counter-sensor",
      type: "integer",
      unit: null,
      min: 0,
      max: 500,
      keep_history: true,
      last_value: 72.4,
      last_value_changed: new Date(weighedAt * 1000).toISOString(),
    })
  })

  it.each([
    [{ unit: units.percent, kind: "fat-ratio" }, "counter-sensor", "integer", "percent"],
    [{ unit: units.celsius }, "temperature-sensor", "decimal", "celsius"],
    [{ unit: units.metre }, "distance-sensor", "decimal", "m"],
    [{ unit: units.metrePerSecond }, "speed-sensor", "decimal", "meter-per-second"],
    [{ unit: units.partsPerMillion }, "co2-sensor", "integer", "ppm"],
    [{ unit: units.second, kind: "sleep-duration" }, "duration", "decimal", "hours"],
    [{ unit: units.second, kind: "sleep-latency" }, "duration", "decimal", "minutes"],
    [{ unit: null, kind: "sleep-efficiency", max: 1 }, "counter-sensor", "integer", "percent"],
    [{ unit: null }, "counter-sensor", "integer", null],
    [{ nature: "presence", unit: null }, "presence-sensor", "binary", null],
    [{ nature: "measured", unit: null }, "presence-sensor", "push", null],
  ] as const)("maps %o", (over, category, type, unit) => {
    expect(one(over)).toMatchObject({ category, type, unit })
  })

  it("tells a night in hours, its bounds too", () => {
    const night = { unit: units.second, kind: "sleep-duration", max: 86_400 } as const
    expect(one({ ...night, reading: reading(27_000) })).toMatchObject({
      last_value: 7.5,
      max: 24,
    })
  })

  it("rounds as the measure is rounded, tells parts of one as percent, and minutes as minutes", () => {
    expect(one({ unit: units.percent, decimals: 1, reading: reading(16.384) })).toMatchObject({
      last_value: 16.4,
    })
    const efficiency = { unit: null, kind: "sleep-efficiency", max: 1, decimals: 2 } as const
    expect(one({ ...efficiency, reading: reading(0.937) })).toMatchObject({ last_value: 94, max: 100 })
    const latency = { unit: units.second, kind: "sleep-latency", max: 172_800 } as const
    expect(one({ ...latency, reading: reading(900) })).toMatchObject({ last_value: 15, unit: "minutes" })
  })

  it("says units that are words in French", () => {
    const age = feature({ kind: "vascular-age", unit: { ucum: "a", symbol: "yr" } })
    const device = toGladys(descriptor({ features: [age] }), { ...naming, language: "fr" })
    expect(device.features[0]?.name).toBe("Poids (ans)")
  })

  it("tells a time of day as text, without history", () => {
    expect(
      one({ key: "bedtime", nature: "time", unit: units.second, reading: reading(85_230) }),
    ).toMatchObject({
      category: "text",
      type: "text",
      keep_history: false,
      last_value_string: "23:40",
    })
  })

  it("tells a verdict as text in the user's language, without history", () => {
    const verdicts = { 1: { en: "Atrial fibrillation", fr: "Fibrillation auriculaire" } }
    const device = descriptor({ features: [feature({ nature: "verdict", verdicts, reading: reading(1) })] })
    expect(toGladys(device, { ...naming, language: "fr" }).features[0]).toMatchObject({
      name: "Poids",
      category: "text",
      keep_history: false,
      last_value: null,
      last_value_string: "Fibrillation auriculaire",
    })
  })

  it("keeps no history of when something was measured, but of who was in bed", () => {
    expect(one({ nature: "measured", unit: null })).toMatchObject({ keep_history: false })
    expect(one({ nature: "presence", unit: null })).toMatchObject({ keep_history: true })
    expect(one({ kind: "days-since-weight" })).toMatchObject({ keep_history: false })
    expect(one({ kind: "steps-to-goal", category: "goal" })).toMatchObject({ keep_history: false })
  })

  it("tells a battery as percent, once", () => {
    const battery = { key: "battery", nature: "battery", name: { en: "Battery", fr: "Batterie" } } as const
    const features = (value: number) =>
      toGladys(
        descriptor({ features: [feature({ ...battery, unit: null, reading: reading(value) })] }),
        naming,
      ).features.map((each) => [each.category, each.last_value])
    expect([1, 2, 3].flatMap(features)).toEqual([
      ["battery", 20],
      ["battery", 50],
      ["battery", 100],
    ])
  })

  it("keeps two persons and two devices of one model apart", () => {
    const other = descriptor({ id: DescriptorId("fedcba9876543210fedcba98"), name: "Body+ Bob" })
    const [ann, bob] = [toGladys(descriptor({}), naming), toGladys(other, naming)]
    const names = [ann, bob].flatMap((device) => [device, ...device.features])
    expect(new Set(names.map((each) => each.selector)).size).toBe(names.length)
    expect(new Set(names.map((each) => each.id)).size).toBe(names.length)
  })

  it("says nothing of what is not known, and nothing at all of a device without features", () => {
    expect(one({})).toMatchObject({ last_value: null, last_value_changed: null })
    expect(toPairings(descriptor({ features: [] }), naming)).toEqual([])
  })
})
