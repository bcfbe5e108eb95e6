import { bodyTemperature, celsius, percent, quantity, whole } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

/** meastype 12, 71 and 73. 12 is any temperature of a device; 71 is corrected to that of the body. */
export const temperatureKinds = kindTable("temperature", {
  temperature: value("Temperature", "Température", celsius(-20, 60)),
  "body-temperature": value("Body temperature", "Température corporelle", bodyTemperature, {
    loinc: "8310-5",
  }),
  "skin-temperature": value("Skin temperature", "Température cutanée", celsius(0, 50)),
})

/** Air of the room (meastype 13, 15, 35, 56, 58): undocumented, known from older scales and cameras. */
export const environmentKinds = kindTable("environment", {
  humidity: value("Humidity", "Humidité", percent(0, 100)),
  noise: value("Noise", "Bruit", quantity(units.decibel, 0, 0, 140)),
  co2: value("Carbon dioxide", "Dioxyde de carbone", quantity(units.partsPerMillion, 0, 0, 10_000)),
  light: value("Light", "Luminosité", quantity(units.lux, 0, 0, 100_000)),
  voc: value("Volatile organic compounds", "Composés organiques volatils", whole(0, 65_535)),
})
