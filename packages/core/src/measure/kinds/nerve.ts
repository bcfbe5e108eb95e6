import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

/** Nerve health and sweat glands, in the order of Withings' own numbers (158 to 229). */
export const nerveKinds = kindTable("nerve", {
  "nerve-health-left-foot": value(
    "Nerve health, left foot",
    "Santé nerveuse, pied gauche",
    null,
    0,
    [0, 100],
  ),
  "nerve-health-right-foot": value(
    "Nerve health, right foot",
    "Santé nerveuse, pied droit",
    null,
    0,
    [0, 100],
  ),
  "nerve-health-feet": value("Nerve health, feet", "Santé nerveuse, pieds", null, 0, [0, 100]),
  "electrodermal-feet": value(
    "Electrodermal activity, feet",
    "Activité électrodermale, pieds",
    null,
    0,
    [0, 1000],
  ),
  "electrodermal-left-foot": value(
    "Electrodermal activity, left foot",
    "Activité électrodermale, pied gauche",
    null,
    0,
    [0, 1000],
  ),
  "electrodermal-right-foot": value(
    "Electrodermal activity, right foot",
    "Activité électrodermale, pied droit",
    null,
    0,
    [0, 1000],
  ),
  "electrochemical-skin-conductance": value(
    "Electrochemical skin conductance",
    "Conductance électrochimique de la peau",
    units.microsiemens,
    0,
    [0, 200],
    { positional: true },
  ),
})
