import { expect, it } from "vitest"
import { everything } from "../test/household.ts"
import { aboutStrangers } from "./strangers.ts"

const rule = (person: string) => ({ id: "a", name: "a", person, kind: "weight", condition: { above: 70 } })

it("names once who is in the settings and not in the household", () => {
  const choices = { healthOf: ["Dan", "Ann"], contacts: [rule("Dan"), rule("Cleo")] }
  expect(aboutStrangers(choices, everything.persons)).toMatch(/names Dan, Cleo, .*Signed in: Ann/)
  expect(aboutStrangers({ healthOf: ["Ann"], contacts: [rule("Ann")] }, everything.persons)).toBeNull()
})
