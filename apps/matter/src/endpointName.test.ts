import { expect, it } from "vitest"
import { endpointName, type Function } from "./endpointName.ts"

const named = (
  use: Function,
  deviceClass: Parameters<typeof endpointName>[0]["deviceClass"],
  person = "Ann",
) =>
  (["en", "fr"] as const).map((language) =>
    endpointName({ deviceClass, personName: person, model: "ScanWatch" }, use, language),
  )

it.each([
  ["bed", "sleep-monitor", "Ann", "Ann's bed", "Lit d'Ann"],
  ["bed", "household", "", "Anyone in bed", "Quelqu'un au lit"],
  ["measured", "scale", "Ann", "Ann weighed", "Pesée d'Ann"],
  ["measured", "blood-pressure-monitor", "Ben", "Ben's blood pressure", "Tension de Ben"],
  ["measured", "activity-tracker", "Élodie", "Élodie's ScanWatch", "ScanWatch d'Élodie"],
  ["body", "thermometer", "Ben", "Ben's temperature", "Température de Ben"],
] as const)("names %s of a %s (%s) as people would", (use, deviceClass, person, en, fr) => {
  expect(named(use, deviceClass, person)).toEqual([en, fr])
})
