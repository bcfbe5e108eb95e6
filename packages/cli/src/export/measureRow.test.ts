import { type Measure, PersonId, DeviceId, GroupId } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { columns, csvLine, measureRow } from "./measureRow.ts"

const measure = (kind: Measure["kind"], value: number): Measure => ({
  personId: PersonId("p1"),
  source: "getmeas",
  group: GroupId("7"),
  kind,
  position: null,
  at: Date.parse("2026-11-21T06:30:00Z") / 1_000,
  value,
  deviceId: DeviceId("scale"),
  attribution: "device",
  modified: 0,
})

it("gives each value its unit by UCUM's code, and its kind an English name", () => {
  expect(columns.join(",")).toBe("person,at,kind,name,position,value,unit,source,attribution")
  expect(csvLine(measureRow(measure("weight", 72.4), "Ann"))).toBe(
    "Ann,2026-11-21T06:30:00.000Z,weight,Weight,,72.4,kg,getmeas,device",
  )
  expect(measureRow(measure("blood-pressure-systolic", 121), "Ann")).toMatchObject({ unit: "mm[Hg]" })
})

it("has no unit for a count, nor for an unknown kind", () => {
  expect(measureRow(measure("steps", 9_000), "Ann").unit).toBeNull()
  expect(measureRow(measure("meastype-999", 1), "Ann")).toMatchObject({ kind: "meastype-999", unit: null })
})

it("keeps a name with a comma or quotes in one cell", () => {
  expect(csvLine(measureRow(measure("steps", 1), 'Ann "Annie", the first'))).toMatch(
    /^"Ann ""Annie"", the first",2026/u,
  )
})
