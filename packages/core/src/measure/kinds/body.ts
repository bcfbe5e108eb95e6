import { kilograms, quantity } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

/** Values of a scale, in the order of Withings' numbers (1 to 227). */
export const bodyKinds = kindTable("body", {
  weight: value("Weight", "Poids", kilograms(0, 500), { loinc: "29463-7" }),
  height: value("Height", "Taille", quantity(units.metre, 2, 0.3, 2.8), { loinc: "8302-2" }),
  "fat-free-mass": value("Fat-free mass", "Masse maigre", kilograms(0, 400), {
    loinc: "91557-9",
    positional: true,
  }),
  "fat-ratio": value("Fat ratio", "Taux de masse grasse", quantity(units.percent, 1, 0, 100), {
    loinc: "41982-0",
  }),
  "fat-mass": value("Fat mass", "Masse grasse", kilograms(0, 400), {
    loinc: "73708-0",
    positional: true,
  }),
  "muscle-mass": value("Muscle mass", "Masse musculaire", kilograms(0, 300), {
    loinc: "73964-9",
    positional: true,
  }),
  hydration: value("Water mass", "Masse hydrique", kilograms(0, 300), { loinc: "101683-1" }),
  "bone-mass": value("Bone mass", "Masse osseuse", kilograms(0, 30)),
  "extracellular-water": value("Extracellular water", "Eau extracellulaire", kilograms(0, 150)),
  "intracellular-water": value("Intracellular water", "Eau intracellulaire", kilograms(0, 150)),
  "visceral-fat": value("Visceral fat", "Graisse viscérale", quantity(null, 1, 0, 60)),
  "fat-free-mass-segment": value("Segmental fat-free mass", "Masse maigre segmentaire", kilograms(0, 200), {
    positional: true,
  }),
  "fat-mass-segment": value("Segmental fat mass", "Masse grasse segmentaire", kilograms(0, 200), {
    positional: true,
  }),
  "muscle-mass-segment": value("Segmental muscle mass", "Masse musculaire segmentaire", kilograms(0, 200), {
    positional: true,
  }),
  "basal-metabolic-rate": value(
    "Basal metabolic rate",
    "Métabolisme de base",
    quantity(units.kilocaloriePerDay, 0, 0, 10_000),
  ),
  "metabolic-age": value("Metabolic age", "Âge métabolique", quantity(units.year, 0, 0, 120)),
})
