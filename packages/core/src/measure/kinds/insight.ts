import type { Text } from "../MeasureKind.ts"
import { breathingRate, celsius, kilograms, mmHg, pulse, variability, whole } from "./quantities.ts"
import { kindTable, value, verdict, type KindRow } from "./table.ts"

const derived = { derived: true } as const

const isUsual: Readonly<Record<number, Text>> = {
  0: { en: "As usual", fr: "Comme d'habitude" },
  1: { en: "Higher than usual", fr: "Plus haut que d'habitude" },
  2: { en: "Lower than usual", fr: "Plus bas que d'habitude" },
}
const derivedVerdict = (en: string, fr: string, verdicts: Readonly<Record<number, Text>>): KindRow => ({
  ...verdict(en, fr, verdicts),
  ...derived,
})

/** Computed from the last weeks by `insight/`; each file there names its source. */
export const weightInsightKinds = kindTable("body", {
  "weight-trend": value("Weight trend", "Tendance du poids", kilograms(0, 500), derived),
  "weight-trend-rate": value(
    "Weight trend per week",
    "Tendance du poids par semaine",
    kilograms(-20, 20),
    derived,
  ),
})

export const sleepInsightKinds = kindTable("sleep", {
  "sleep-regularity": value("Sleep regularity", "Régularité du sommeil", whole(-100, 100), derived),
  "sleep-heart-rate-average-usual": value(
    "Heart rate asleep, usual",
    "Fréquence cardiaque la nuit, habituelle",
    pulse,
    derived,
  ),
  "sleep-heart-rate-average-unusual": derivedVerdict(
    "Heart rate asleep, compared",
    "Fréquence cardiaque la nuit, comparée",
    isUsual,
  ),
  "sleep-rmssd-end-usual": value(
    "Heart rate variability asleep, usual",
    "Variabilité cardiaque la nuit, habituelle",
    variability,
    derived,
  ),
  "sleep-rmssd-end-unusual": derivedVerdict(
    "Heart rate variability asleep, compared",
    "Variabilité cardiaque la nuit, comparée",
    isUsual,
  ),
  "sleep-respiration-rate-average-usual": value(
    "Breathing rate asleep, usual",
    "Fréquence respiratoire la nuit, habituelle",
    breathingRate,
    derived,
  ),
  "sleep-respiration-rate-average-unusual": derivedVerdict(
    "Breathing rate asleep, compared",
    "Fréquence respiratoire la nuit, comparée",
    isUsual,
  ),
})

export const temperatureInsightKinds = kindTable("temperature", {
  "skin-temperature-usual": value(
    "Skin temperature, usual",
    "Température cutanée habituelle",
    celsius(0, 50),
    derived,
  ),
  "skin-temperature-unusual": derivedVerdict(
    "Skin temperature, compared",
    "Température cutanée comparée",
    isUsual,
  ),
})

export const pressureInsightKinds = kindTable("blood-pressure", {
  "blood-pressure-morning-systolic": value(
    "Systolic pressure, mornings of a week",
    "Pression systolique, matins d'une semaine",
    mmHg(40, 300),
    derived,
  ),
  "blood-pressure-morning-diastolic": value(
    "Diastolic pressure, mornings of a week",
    "Pression diastolique, matins d'une semaine",
    mmHg(20, 200),
    derived,
  ),
  "blood-pressure-evening-systolic": value(
    "Systolic pressure, evenings of a week",
    "Pression systolique, soirs d'une semaine",
    mmHg(40, 300),
    derived,
  ),
  "blood-pressure-evening-diastolic": value(
    "Diastolic pressure, evenings of a week",
    "Pression diastolique, soirs d'une semaine",
    mmHg(20, 200),
    derived,
  ),
  "blood-pressure-class-esc-2024": derivedVerdict(
    "Blood pressure range (ESC 2024)",
    "Plage de pression artérielle (ESC 2024)",
    {
      0: { en: "Non-elevated range", fr: "Plage non élevée" },
      1: { en: "Elevated range", fr: "Plage élevée" },
      2: { en: "Hypertension range", fr: "Plage d'hypertension" },
    },
  ),
  "blood-pressure-class-acc-aha-2017": derivedVerdict(
    "Blood pressure range (ACC/AHA 2017)",
    "Plage de pression artérielle (ACC/AHA 2017)",
    {
      0: { en: "Normal range", fr: "Plage normale" },
      1: { en: "Elevated range", fr: "Plage élevée" },
      2: { en: "Stage 1 range", fr: "Plage de stade 1" },
      3: { en: "Stage 2 range", fr: "Plage de stade 2" },
    },
  ),
})
