import { type DeviceDescriptor, PersonId, DescriptorId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { descriptor, feature, household } from "../test/TestCore.ts"
import { shownDescriptors } from "./shownDescriptors.ts"

const keysOf = (values: "essential" | "all", ...descriptors: ReadonlyArray<DeviceDescriptor>) =>
  shownDescriptors(household(...descriptors), values).map(({ features }) => features.map(({ key }) => key))

const bmi = feature({ key: "bmi", kind: "bmi" })
const { essential: _, ...boneMass } = feature({ key: "bone-mass", kind: "bone-mass" })
const scale = descriptor({ features: [feature({}), boneMass] })
const self = descriptor({
  id: DescriptorId("ann"),
  deviceClass: "person",
  deviceId: null,
  features: [feature({}), bmi],
})

describe("what is shown of a household", () => {
  it("are the essential values, or all", () => {
    expect(keysOf("essential", scale)).toEqual([["weight"]])
    expect(keysOf("all", scale)).toEqual([["weight", "bone-mass"]])
  })

  it("is of a person only what none of their own devices tells", () => {
    expect(keysOf("essential", self, scale)).toEqual([["bmi"], ["weight"]])
    const ofBen = { ...scale, id: DescriptorId("ben"), personId: PersonId("ben"), personName: "Ben" }
    expect(keysOf("essential", self, ofBen)[0]).toEqual(["weight", "bmi"])
  })
})
