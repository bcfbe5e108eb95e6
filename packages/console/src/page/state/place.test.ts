import { expect, it } from "vitest"
import { addressOf, readPlace } from "./place.ts"

it("finds again what an address was made of", () => {
  const place = {
    parts: ["people", "a/b?c", "muscle-mass@12"],
    options: { range: "year", from: "1", to: "2" },
  }
  expect(readPlace(addressOf(place))).toEqual(place)
})

it("reads an address that was cut short", () => {
  expect(readPlace("")).toEqual({ parts: [], options: {} })
  expect(readPlace("#/people/%E")).toEqual({ parts: ["people", "%E"], options: {} })
})
