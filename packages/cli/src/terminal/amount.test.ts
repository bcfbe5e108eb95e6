import { expect, it } from "vitest"
import { amountText } from "./amount.ts"

it("writes an amount with its unit, and seconds as hours and minutes", () => {
  const seconds = { decimals: 0, unit: { ucum: "s", symbol: "s" } }
  expect(amountText(72.4, { decimals: 1, unit: { ucum: "kg", symbol: "kg" } })).toBe("72.4 kg")
  expect([26_160, 59, -420].map((value) => amountText(value, seconds))).toEqual([
    "7 h 16 min",
    "59 s",
    "-7 min",
  ])
  expect(amountText(3, { decimals: 0, unit: null })).toBe("3")
})
