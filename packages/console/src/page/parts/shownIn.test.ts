import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { type Home, shownIn } from "./shownIn.ts"

const feature = (key: string, more: Partial<Feature> = {}): Feature => ({
  key,
  kind: key,
  nature: "value",
  category: "body",
  name: { en: key, fr: key },
  unit: null,
  decimals: 0,
  min: 0,
  max: 100,
  reading: { value: 1, at: 1, stale: false },
  ...more,
})

const device = (
  features: ReadonlyArray<Feature>,
  more: Partial<DeviceDescriptor> = {},
): DeviceDescriptor => ({
  id: "0".repeat(24),
  deviceClass: "scale",
  personId: "p",
  personName: "Ann",
  deviceId: "d",
  manufacturer: "Withings",
  model: "Body+",
  name: "Body+ Ann",
  availability: "available",
  features,
  ...more,
})

const battery = feature("battery", { nature: "battery", category: "device" })
const measured = feature("measured", { nature: "measured", category: "device" })
const verdict = feature("afib-ecg", { nature: "verdict" })
const scale = device([feature("weight"), feature("fat-ratio", { reading: null }), verdict, battery, measured])

const shown = (home: Home, of: DeviceDescriptor) => Object.fromEntries(shownIn(of, home))

describe("what each home shows by default", () => {
  it("is button, battery and the known values of a device in Apple Home", () => {
    expect(shown("appleHome", scale)).toEqual({ asCustom: 2, asBattery: 1, asButton: 1 })
  })

  it("is button and battery alone in Matter", () => {
    expect(shown("matter", scale)).toEqual({ asButton: 1, asBattery: 1 })
  })

  it("is everything in Gladys", () => {
    expect(shown("gladys", scale)).toEqual({ asFeature: 2, asText: 1, asBattery: 1, asPush: 1 })
  })

  it("is nothing but in Gladys for what belongs to no device", () => {
    const counted = device([feature("steps", { nature: "counter" })], {
      deviceClass: "person",
      deviceId: null,
    })
    expect(shown("appleHome", counted)).toEqual({})
    expect(shown("matter", counted)).toEqual({})
    expect(shown("gladys", counted)).toEqual({ asFeature: 1 })
  })

  it("has no battery of which no level is known", () => {
    const silent = device([measured, { ...battery, reading: null }])
    expect(shown("appleHome", silent)).toEqual({ asButton: 1 })
    expect(shown("matter", silent)).toEqual({ asButton: 1 })
  })

  it("ends in Apple Home and Matter once Withings no longer lists the device", () => {
    const unlinked = device(scale.features, { availability: "unlinked" })
    expect(shown("appleHome", unlinked)).toEqual({})
    expect(shown("matter", unlinked)).toEqual({})
  })
})
