import {
  bodyTemperature,
  breathingRate,
  metres,
  percent,
  pulse,
  quantity,
  score,
  seconds,
  variability,
  whole,
} from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value, verdict } from "./table.ts"

/** Minutes within a day, in the order of the document's fields (steps to chest_movement_rate). */
export const intradayKinds = kindTable("activity", {
  "intraday-steps": value("Steps, by the minute", "Pas, à la minute", whole(0, 10_000)),
  "intraday-elevation": value("Floors climbed, by the minute", "Étages gravis, à la minute", whole(0, 1000)),
  "intraday-calories": value(
    "Active calories, by the minute",
    "Calories actives, à la minute",
    quantity(units.kilocalorie, 1, 0, 1000),
  ),
  "intraday-distance": value("Distance, by the minute", "Distance, à la minute", metres(0, 50_000)),
  "intraday-strokes": value(
    "Swimming strokes, by the minute",
    "Mouvements de nage, à la minute",
    whole(0, 10_000),
  ),
  "intraday-pool-laps": value("Pool laps, by the minute", "Longueurs, à la minute", whole(0, 1000)),
  "intraday-duration": value("Duration of the entry", "Durée de l'entrée", seconds(0, 90_000)),
  "intraday-heart-rate": value("Heart rate, continuous", "Fréquence cardiaque en continu", pulse, {
    loinc: "8867-4",
  }),
  "intraday-spo2": value("Blood oxygen, automatic", "Oxygène sanguin automatique", percent(0, 100), {
    loinc: "59408-5",
  }),
  "intraday-rmssd": value("Heart rate variability (RMSSD)", "Variabilité cardiaque (RMSSD)", variability),
  "intraday-sdnn": value("Heart rate variability (SDNN)", "Variabilité cardiaque (SDNN)", variability, {
    loinc: "80404-7",
  }),
  "intraday-hrv-quality": value(
    "Heart rate variability, quality",
    "Qualité de la variabilité cardiaque",
    score,
  ),
  "intraday-core-temperature": value(
    "Core temperature, continuous",
    "Température centrale en continu",
    bodyTemperature,
  ),
  "intraday-respiration-rate": value(
    "Breathing rate, continuous",
    "Fréquence respiratoire en continu",
    breathingRate,
    { loinc: "9279-1" },
  ),
  "intraday-chest-rate": value(
    "Chest movement rate, continuous",
    "Mouvements thoraciques en continu",
    breathingRate,
  ),
})

/** Minutes within a night, in the order of the document's fields (state, then hr to breathing_sounds). */
export const nightCurveKinds = kindTable("sleep", {
  "night-state": verdict("Sleep state", "État de sommeil", {
    0: { en: "Awake", fr: "Éveillé" },
    1: { en: "Light sleep", fr: "Sommeil léger" },
    2: { en: "Deep sleep", fr: "Sommeil profond" },
    3: { en: "REM sleep", fr: "Sommeil paradoxal" },
    4: { en: "Entered by hand", fr: "Saisi à la main" },
    5: { en: "Unspecified", fr: "Non précisé" },
    15: { en: "Out of bed", fr: "Hors du lit" },
  }),
  "night-heart-rate": value("Heart rate in the night", "Fréquence cardiaque de la nuit", pulse, {
    loinc: "8867-4",
  }),
  "night-respiration-rate": value(
    "Breathing rate in the night",
    "Fréquence respiratoire de la nuit",
    breathingRate,
    { loinc: "9279-1" },
  ),
  "night-snoring": value("Snoring in the minute", "Ronflement dans la minute", seconds(0, 3600)),
  "night-sdnn": value(
    "Heart rate variability in the night (SDNN)",
    "Variabilité cardiaque de la nuit (SDNN)",
    variability,
    { loinc: "80404-7" },
  ),
  "night-rmssd": value(
    "Heart rate variability in the night (RMSSD)",
    "Variabilité cardiaque de la nuit (RMSSD)",
    variability,
  ),
  "night-hrv-quality": value(
    "Quality of the night's variability",
    "Qualité de la variabilité de la nuit",
    score,
  ),
  "night-movement-score": value("Movement in the minute", "Mouvements dans la minute", whole(0, 255)),
  "night-chest-rate": value(
    "Chest movement rate in the night",
    "Mouvements thoraciques de la nuit",
    breathingRate,
  ),
  "night-withings-index": value("Withings index in the night", "Indice Withings de la nuit", whole(0, 150)),
  "night-breathing-sounds": value(
    "Breathing sounds in the minute",
    "Bruits respiratoires dans la minute",
    seconds(0, 3600),
  ),
})
