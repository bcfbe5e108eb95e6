import { expect, it } from "vitest"
import { addressOf, readPlace } from "./place.ts"

it("reads the addresses that it writes", () => {
  const place = {
    parts: ["people", "a/b?c", "muscle-mass@12"],
    options: { range: "year", from: "1", to: "2" },
  }
  expect(readPlace(addressOf(place))).toEqual(place)
})

it("reads an address that was cut off", () => {
  expect(readPlace("")).toEqual({ parts: [], options: {} })
  expect(readPlace("#/people/%E")).toEqual({ parts: ["people", "%E"], options: {} })
})
