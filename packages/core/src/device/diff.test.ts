import { describe, expect, it } from "vitest"
import { DeviceId } from "../measure/Device.ts"
import { PersonId } from "../measure/Person.ts"
import { type DeviceDescriptor, DescriptorId } from "./DeviceDescriptor.ts"
import { diff } from "./diff.ts"
import { batteryFeature, toFeature } from "./toFeature.ts"

const scale = (more: Partial<DeviceDescriptor> = {}): DeviceDescriptor => ({
  id: DescriptorId("1"),
  deviceClass: "scale",
  personId: PersonId("p"),
  personName: "Ann",
  deviceId: DeviceId("d"),
  manufacturer: "Withings",
  model: "Body+",
  name: "Body+ Ann",
  availability: "available",
  features: [toFeature("weight", null, { value: 70, at: 1, stale: false }), batteryFeature(null)],
  ...more,
})
const heavier = toFeature("weight", null, { value: 71, at: 2, stale: false })

describe("diff", () => {
  it("finds nothing where nothing changed, and what came and went", () => {
    expect(diff([scale()], [scale()])).toEqual({ added: [], removed: [], changed: [] })
    expect(diff([], [scale()]).added).toEqual([scale()])
    expect(diff([scale()], []).removed).toEqual([scale()])
  })

  it("distinguishes readings from structure", () => {
    const [change] = diff([scale()], [scale({ features: [heavier, batteryFeature(null)] })]).changed
    expect(change).toMatchObject({ structure: false, availability: false, readings: [heavier] })
  })

  it("calls a new feature and a new name structure, a lost sign-in availability", () => {
    const more = [...scale().features, toFeature("bmi", null, null)]
    expect(diff([scale()], [scale({ features: more })]).changed[0]).toMatchObject({
      structure: true,
      readings: [],
    })
    expect(diff([scale()], [scale({ name: "Body+ Anna" })]).changed[0]?.structure).toBe(true)
    expect(diff([scale()], [scale({ availability: "sign-in-needed" })]).changed[0]).toMatchObject({
      structure: false,
      availability: true,
    })
  })
})
