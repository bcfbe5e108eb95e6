import { expect, it } from "vitest"
import { everything } from "../test/household.ts"
import { aboutStrangers } from "./strangers.ts"

it("names once who is in the settings and not in the household", () => {
  const choices = { healthOf: ["Dan", "Ann", "Cleo"] }
  expect(aboutStrangers(choices, everything.persons)).toMatch(/names Dan, Cleo, .*Signed in: Ann/)
  expect(aboutStrangers({ healthOf: ["Ann"] }, everything.persons)).toBeNull()
})
