import { expect, it } from "vitest"
import { JustMeasured } from "./JustMeasured.ts"

const event = (group: string, at: number) => ({
  descriptorId: "d1",
  personId: "p1",
  deviceId: "x",
  group,
  at,
  kinds: ["weight"],
})

it("presses once for each group, also when it is told twice", () => {
  const justMeasured = new JustMeasured()
  expect(justMeasured.pressesFor([event("a", 1000), event("b", 1000), event("a", 1000)], 1010)).toEqual([
    "d1",
    "d1",
  ])
  expect(justMeasured.pressesFor([event("a", 1000)], 1020)).toEqual([])
})

it("does not press for what is ten minutes old", () => {
  expect(new JustMeasured().pressesFor([event("a", 1000)], 1600)).toEqual([])
  expect(new JustMeasured().pressesFor([event("a", 1000)], 1599)).toEqual(["d1"])
})
