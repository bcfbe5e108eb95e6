import { kilograms, quantity, seconds, whole } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value } from "./table.ts"

const derived = { derived: true } as const

/** Computed by `measure/derived.ts`. */
export const derivedBodyKinds = kindTable("body", {
  bmi: value(
    "Body mass index",
    "Indice de masse corporelle",
    quantity(units.kilogramPerSquareMetre, 1, 0, 150),
    {
      ...derived,
      loinc: "39156-5",
    },
  ),
  "weight-change-7-days": value(
    "Weight change in 7 days",
    "Évolution du poids sur 7 jours",
    kilograms(-100, 100),
    derived,
  ),
  "weight-change-30-days": value(
    "Weight change in 30 days",
    "Évolution du poids sur 30 jours",
    kilograms(-100, 100),
    derived,
  ),
  "days-since-weight": value(
    "Days since weighing",
    "Jours depuis la pesée",
    quantity(units.day, 0, 0, 36_500),
    derived,
  ),
})

export const derivedBloodPressureKinds = kindTable("blood-pressure", {
  "days-since-blood-pressure": value(
    "Days since blood pressure",
    "Jours depuis la tension",
    quantity(units.day, 0, 0, 36_500),
    derived,
  ),
})

export const derivedGoalKinds = kindTable("goal", {
  "steps-to-goal": value("Steps to goal", "Pas jusqu'à l'objectif", whole(-200_000, 200_000), derived),
  "sleep-to-goal": value("Sleep to goal", "Sommeil jusqu'à l'objectif", seconds(-172_800, 172_800), derived),
  "weight-to-goal": value("Weight to goal", "Poids jusqu'à l'objectif", kilograms(-500, 500), derived),
})
