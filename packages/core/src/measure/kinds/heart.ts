import type { Text } from "../MeasureKind.ts"
import { milliseconds, mmHg, percent, pulse, quantity, whole } from "./quantities.ts"
import { units } from "../Unit.ts"
import { kindTable, value, verdict } from "./table.ts"

const afibVerdicts: Readonly<Record<number, Text>> = {
  0: { en: "Negative", fr: "Négatif" },
  1: { en: "Positive", fr: "Positif" },
  2: { en: "Inconclusive", fr: "Non concluant" },
  3: { en: "No signal", fr: "Pas de signal" },
  4: { en: "Other", fr: "Autre" },
  5: { en: "Noise", fr: "Signal bruité" },
  6: { en: "Low heart rate", fr: "Fréquence cardiaque basse" },
  7: { en: "High heart rate", fr: "Fréquence cardiaque élevée" },
  8: { en: "Inconclusive (US)", fr: "Non concluant (US)" },
  9: { en: "Negative, normal heart rate", fr: "Négatif, fréquence cardiaque normale" },
  10: { en: "Negative, high heart rate", fr: "Négatif, fréquence cardiaque élevée" },
  11: { en: "Positive, normal heart rate", fr: "Positif, fréquence cardiaque normale" },
  12: { en: "Positive, high heart rate", fr: "Positif, fréquence cardiaque élevée" },
  13: { en: "No diagnosis", fr: "Pas de diagnostic" },
}

export const bloodPressureKinds = kindTable("blood-pressure", {
  "blood-pressure-systolic": value("Systolic pressure", "Pression systolique", mmHg(40, 300), {
    loinc: "8480-6",
  }),
  "blood-pressure-diastolic": value("Diastolic pressure", "Pression diastolique", mmHg(20, 200), {
    loinc: "8462-4",
  }),
})

/** Pulse, arteries and electrocardiogram, in the order of Withings' own numbers (11 to 155), then the ECG list. */
export const heartKinds = kindTable("heart", {
  "heart-rate": value("Heart rate", "Fréquence cardiaque", pulse, {
    loinc: "8867-4",
  }),
  "pulse-wave-velocity": value(
    "Pulse wave velocity",
    "Vitesse de l'onde de pouls",
    quantity(units.metrePerSecond, 2, 0, 30),
  ),
  vo2max: value("VO₂ max", "VO₂ max", quantity(units.millilitrePerMinutePerKilogram, 1, 0, 100)),
  "afib-ecg": verdict("Atrial fibrillation (ECG)", "Fibrillation auriculaire (ECG)", afibVerdicts),
  qrs: value("QRS duration", "Durée QRS", milliseconds(0, 400), { loinc: "8633-0" }),
  pr: value("PR interval", "Intervalle PR", milliseconds(0, 600), { loinc: "8625-6" }),
  qt: value("QT interval", "Intervalle QT", milliseconds(0, 1000), { loinc: "8634-8" }),
  qtc: value("Corrected QT interval", "Intervalle QT corrigé", milliseconds(0, 1000), {
    loinc: "8636-3",
  }),
  "afib-ppg": verdict("Atrial fibrillation (optical)", "Fibrillation auriculaire (optique)", afibVerdicts),
  "vascular-age": value("Vascular age", "Âge vasculaire", quantity(units.year, 0, 0, 130)),
  "ecg-heart-rate": value("Heart rate during ECG", "Fréquence cardiaque pendant l'ECG", pulse),
  // The document gives the field without a meaning for its numbers.
  "valve-disease": value("Valvular heart disease result", "Résultat de valvulopathie", whole(-1, 100)),
})

export const oxygenKinds = kindTable("oxygen", {
  spo2: value("Blood oxygen", "Oxygène sanguin", percent(0, 100), { loinc: "59408-5" }),
})
