import type { MeasureKind } from "../MeasureKind.ts"
import {
  bodyTemperature,
  breathingRate,
  duration,
  pulse,
  quantity,
  score,
  variability,
  whole,
} from "./quantities.ts"
import { kindTable, time, value, verdict } from "./table.ts"
import { temperatureStatus } from "./temperatureStatus.ts"

/** A night's summary, in the order of the document's fields (total_timeinbed to core_body_temperature_status). */
export const sleepKinds = kindTable("sleep", {
  "sleep-time-in-bed": value("Time in bed", "Temps passé au lit", duration, { loinc: "103213-5" }),
  "sleep-duration": value("Sleep duration", "Durée de sommeil", duration, { loinc: "93832-4" }),
  "sleep-external-duration": value("Sleep told by another app", "Sommeil d'une autre app", duration),
  "sleep-light-duration": value("Light sleep", "Sommeil léger", duration, { loinc: "93830-8" }),
  "sleep-rem-duration": value("REM sleep", "Sommeil paradoxal", duration, { loinc: "93829-0" }),
  "sleep-deep-duration": value("Deep sleep", "Sommeil profond", duration, { loinc: "93831-6" }),
  "sleep-efficiency": value("Sleep efficiency", "Efficacité du sommeil", quantity(null, 2, 0, 1)),
  "sleep-latency": value("Time to fall asleep", "Temps d'endormissement", duration),
  "sleep-wakeup-latency": value("Time to get up", "Temps de lever", duration),
  "sleep-awake-duration": value("Time awake in bed", "Temps éveillé au lit", duration),
  "sleep-awake-count": value("Awakenings", "Réveils", whole(0, 500), { loinc: "103211-9" }),
  "sleep-awake-after-onset": value("Awake after falling asleep", "Éveil après l'endormissement", duration, {
    loinc: "103215-0",
  }),
  "sleep-rem-episodes": value("REM episodes", "Phases de sommeil paradoxal", whole(0, 500)),
  "sleep-duration-to-sleep": value("Duration to sleep (old)", "Durée d'endormissement (ancien)", duration),
  "sleep-duration-to-wakeup": value("Duration to wake-up (old)", "Durée de lever (ancien)", duration),
  "sleep-out-of-bed-count": value("Times out of bed", "Sorties du lit", whole(0, 500)),
  "sleep-heart-rate-average": value(
    "Heart rate asleep, average",
    "Fréquence cardiaque moyenne la nuit",
    pulse,
  ),
  "sleep-heart-rate-min": value("Heart rate asleep, lowest", "Fréquence cardiaque minimale la nuit", pulse),
  "sleep-heart-rate-max": value("Heart rate asleep, highest", "Fréquence cardiaque maximale la nuit", pulse),
  "sleep-respiration-rate-average": value(
    "Breathing rate asleep, average",
    "Fréquence respiratoire moyenne la nuit",
    breathingRate,
  ),
  "sleep-respiration-rate-min": value(
    "Breathing rate asleep, lowest",
    "Fréquence respiratoire minimale la nuit",
    breathingRate,
  ),
  "sleep-respiration-rate-max": value(
    "Breathing rate asleep, highest",
    "Fréquence respiratoire maximale la nuit",
    breathingRate,
  ),
  "sleep-breathing-quality": value("Breathing quality", "Qualité respiratoire", score),
  "sleep-breathing-disturbances": value(
    "Breathing disturbances",
    "Perturbations respiratoires",
    whole(0, 150),
  ),
  "sleep-snoring-duration": value("Snoring", "Ronflements", duration),
  "sleep-snoring-episodes": value("Snoring episodes", "Épisodes de ronflement", whole(0, 500)),
  "sleep-score": value("Sleep score", "Score de sommeil", score),
  "sleep-apnea-hypopnea-index": value("Apnea–hypopnea index", "Indice d'apnées-hypopnées", whole(0, 150)),
  "sleep-movement-score": value("Movement in bed", "Mouvements au lit", whole(0, 255)),
  "sleep-movement-duration": value("Time moving in bed", "Durée des mouvements au lit", duration),
  "sleep-rmssd-start": value(
    "Heart rate variability at sleep start",
    "Variabilité cardiaque en début de nuit",
    variability,
  ),
  "sleep-rmssd-end": value(
    "Heart rate variability at sleep end",
    "Variabilité cardiaque en fin de nuit",
    variability,
  ),
  "sleep-chest-rate-wellness-average": value(
    "Chest movement rate (wellness), average",
    "Mouvements thoraciques (bien-être), moyenne",
    breathingRate,
  ),
  "sleep-chest-rate-wellness-min": value(
    "Chest movement rate (wellness), lowest",
    "Mouvements thoraciques (bien-être), minimum",
    breathingRate,
  ),
  "sleep-chest-rate-wellness-max": value(
    "Chest movement rate (wellness), highest",
    "Mouvements thoraciques (bien-être), maximum",
    breathingRate,
  ),
  "sleep-withings-index": value(
    "Withings index (events per hour)",
    "Indice Withings (événements par heure)",
    whole(0, 150),
  ),
  "sleep-breathing-sounds-duration": value("Breathing sounds", "Bruits respiratoires", duration),
  "sleep-breathing-sounds-episodes": value(
    "Breathing sound episodes",
    "Épisodes de bruits respiratoires",
    whole(0, 500),
  ),
  "sleep-chest-rate-average": value(
    "Chest movement rate, average",
    "Mouvements thoraciques, moyenne",
    breathingRate,
  ),
  "sleep-chest-rate-min": value(
    "Chest movement rate, lowest",
    "Mouvements thoraciques, minimum",
    breathingRate,
  ),
  "sleep-chest-rate-max": value(
    "Chest movement rate, highest",
    "Mouvements thoraciques, maximum",
    breathingRate,
  ),
  "sleep-core-temperature-min": value(
    "Core temperature asleep, lowest",
    "Température centrale minimale la nuit",
    bodyTemperature,
  ),
  "sleep-core-temperature-max": value(
    "Core temperature asleep, highest",
    "Température centrale maximale la nuit",
    bodyTemperature,
  ),
  "sleep-core-temperature-average": value(
    "Core temperature asleep, average",
    "Température centrale moyenne la nuit",
    bodyTemperature,
  ),
  "sleep-core-temperature-status": verdict(
    "Core temperature asleep, status",
    "État de la température centrale la nuit",
    temperatureStatus,
  ),
  "sleep-bed-move": verdict("Last seen in bed", "Dernière présence au lit", {
    0: { en: "Got out of bed", fr: "Sorti du lit" },
    1: { en: "Got into bed", fr: "Entré au lit" },
  }),
})

/** The last move of a night. Its time is that of the move, not the night's end. */
export const bedMoveKey = "sleep-bed-move" satisfies keyof typeof sleepKinds

/** Local times at which a night began and ended; a nap has none. */
export const nightTimeKinds = kindTable("sleep", {
  bedtime: time("Bedtime", "Heure du coucher"),
  "wake-up-time": time("Wake-up time", "Heure du lever"),
})

type NapKey = keyof typeof sleepKinds extends `sleep-${infer Rest}` ? `nap-${Rest}` : never

/** "sleep-score" is "nap-score". Other keys stay the same. */
export const napKey = (key: string): string => key.replace(/^sleep-/, "nap-")

/** A nap has the same values under other keys, so that it never replaces the night. */
export const napKinds = Object.fromEntries(
  Object.entries<MeasureKind>(sleepKinds).map(([key, { loinc: _ofNightsOnly, ...kind }]) => [
    napKey(key),
    { ...kind, key: napKey(key), name: { en: `Nap: ${kind.name.en}`, fr: `Sieste : ${kind.name.fr}` } },
  ]),
) as Readonly<Record<NapKey, MeasureKind>>
