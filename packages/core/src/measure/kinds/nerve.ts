import { quantity, score, whole } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

/** Nerve health and sweat glands, in the order of Withings' own numbers (158 to 229). */
export const nerveKinds = kindTable("nerve", {
  "nerve-health-left-foot": value("Nerve health, left foot", "Santé nerveuse, pied gauche", score),
  "nerve-health-right-foot": value("Nerve health, right foot", "Santé nerveuse, pied droit", score),
  "nerve-health-feet": value("Nerve health, feet", "Santé nerveuse, pieds", score),
  "electrodermal-feet": value(
    "Electrodermal activity, feet",
    "Activité électrodermale, pieds",
    whole(0, 1000),
  ),
  "electrodermal-left-foot": value(
    "Electrodermal activity, left foot",
    "Activité électrodermale, pied gauche",
    whole(0, 1000),
  ),
  "electrodermal-right-foot": value(
    "Electrodermal activity, right foot",
    "Activité électrodermale, pied droit",
    whole(0, 1000),
  ),
  "electrochemical-skin-conductance": value(
    "Electrochemical skin conductance",
    "Conductance électrochimique de la peau",
    quantity(units.microsiemens, 0, 0, 200),
    { positional: true },
  ),
})
