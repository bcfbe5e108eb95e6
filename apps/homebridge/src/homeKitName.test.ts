import { expect, it } from "vitest"
import { homeKitName } from "./homeKitName.ts"

it.each([
  ["Body+ Ann", "Body Plus Ann"],
  ["Body (Pro 2) Ann", "Body Pro 2 Ann"],
  ["Chambre n° 3 – Zoé", "Chambre n 3 Zoé"],
  ["L’été d'Ann", "L'été d'Ann"],
  ["'quoted'", "quoted"],
  ["", "Withings"],
  ["🛏️", "Withings"],
  ["A", "Withings A"],
  ["SpO2 %", "SpO2 percent"],
])("%j becomes %j", (name, expected) => {
  expect(homeKitName(name)).toBe(expected)
})

it("cuts a long name without ending in a space", () => {
  const name = homeKitName(`${"a".repeat(63)} b`)
  expect(name).toBe("a".repeat(63))
})
