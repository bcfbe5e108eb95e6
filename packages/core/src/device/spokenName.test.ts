import { expect, it } from "vitest"
import { spokenName } from "./spokenName.ts"

it.each([
  ["bed", "sleep-monitor", "Ann", "Ann's bed", "Lit d'Ann"],
  ["bed", "household", "", "Anyone in bed", "Quelqu'un au lit"],
  ["measured", "scale", "Ann", "Ann weighed", "Pesée d'Ann"],
  ["measured", "blood-pressure-monitor", "Ben", "Ben's blood pressure", "Tension de Ben"],
  ["measured", "activity-tracker", "Élodie", "Élodie's ScanWatch", "ScanWatch d'Élodie"],
  ["body", "thermometer", "Ben", "Ben's temperature", "Température de Ben"],
  ["itself", "scale", "Ann", "Ann's scale", "Balance d'Ann"],
  ["itself", "activity-tracker", "Ben", "Ben's watch", "Montre de Ben"],
  ["itself", "other", "Ben", null, null],
  ["itself", "scale", null, null, null],
  ["health", "person", "{model}", "{model}'s health values", "Santé de {model}"],
] as const)("names %s of a %s (%s) as people would", (part, deviceClass, personName, en, fr) => {
  const device = { deviceClass, personName, model: "ScanWatch" }
  expect([spokenName(device, part, "en"), spokenName(device, part, "fr")]).toEqual([en, fr])
})
