import { expect, it } from "vitest"
import { unknownMeasures, unknownPersons } from "./misspelt.ts"
import { readSettings } from "./settings.ts"

const { settings } = readSettings({
  rules: [
    { name: "A", when: "afib-found", person: "Anne" },
    { name: "B", when: "afib-found", person: "Bob" },
    { name: "C", when: "afib-found" },
  ],
  standIns: [
    { measure: "wieght", as: "lux" },
    { measure: "steps", as: "lux", person: "Zoltan" },
    { measure: "meastype-999", as: "lux", person: "Ann" },
  ],
})

it("names the measure that was probably meant", () => {
  expect(unknownMeasures(settings)).toEqual([
    { setting: "standIns[0].measure", reason: 'is "wieght", which is no measure; perhaps "weight" is meant' },
  ])
})

it("names the person who was probably meant, and nobody when none is near", () => {
  expect(unknownPersons(settings, ["Ann", "Bob"])).toEqual([
    { setting: "rules[0].person", reason: 'is "Anne", which is nobody\'s name; perhaps "Ann" is meant' },
    { setting: "standIns[1].person", reason: 'is "Zoltan", which is nobody\'s name' },
  ])
})

it("says nothing of persons before anyone is known", () => {
  expect(unknownPersons(settings, [])).toEqual([])
})
