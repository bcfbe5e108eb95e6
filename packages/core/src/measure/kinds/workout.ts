import { units } from "../Unit.ts"
import { kindTable, value, verdict } from "./table.ts"
import { temperatureStatus } from "./temperatureStatus.ts"
import { workoutCategories } from "./workoutCategory.ts"

const { second, metre, kilocalorie, beatsPerMinute, celsius } = units
const lasting = [0, 172_800] as const
const pulse = [20, 250] as const
const energy = [0, 20_000] as const
const way = [0, 500_000] as const

/** A workout: what and how long, then the document's fields in their alphabetical order. */
export const workoutKinds = kindTable("workout", {
  "workout-category": verdict("Workout", "Entraînement", workoutCategories),
  "workout-duration": value("Workout duration", "Durée de l'entraînement", second, 0, lasting, {
    loinc: "55411-3",
  }),
  "workout-algo-pause-duration": value(
    "Workout pauses, detected",
    "Pauses détectées de l'entraînement",
    second,
    0,
    lasting,
  ),
  "workout-calories": value("Workout calories", "Calories de l'entraînement", kilocalorie, 0, energy),
  "workout-core-temperature-average": value(
    "Workout core temperature, average",
    "Température centrale moyenne à l'effort",
    celsius,
    1,
    [25, 45],
  ),
  "workout-core-temperature-max": value(
    "Workout core temperature, highest",
    "Température centrale maximale à l'effort",
    celsius,
    1,
    [25, 45],
  ),
  "workout-core-temperature-min": value(
    "Workout core temperature, lowest",
    "Température centrale minimale à l'effort",
    celsius,
    1,
    [25, 45],
  ),
  "workout-core-temperature-status": verdict(
    "Workout core temperature, status",
    "État de la température centrale à l'effort",
    temperatureStatus,
  ),
  "workout-distance": value("Workout distance", "Distance de l'entraînement", metre, 0, way),
  "workout-elevation": value("Workout floors climbed", "Étages gravis à l'entraînement", null, 0, [0, 5000]),
  "workout-heart-rate-average": value(
    "Workout heart rate, average",
    "Fréquence cardiaque moyenne à l'effort",
    beatsPerMinute,
    0,
    pulse,
  ),
  "workout-heart-rate-max": value(
    "Workout heart rate, highest",
    "Fréquence cardiaque maximale à l'effort",
    beatsPerMinute,
    0,
    pulse,
  ),
  "workout-heart-rate-min": value(
    "Workout heart rate, lowest",
    "Fréquence cardiaque minimale à l'effort",
    beatsPerMinute,
    0,
    pulse,
  ),
  "workout-heart-rate-zone-0": value(
    "Workout time in light zone",
    "Entraînement en zone légère",
    second,
    0,
    lasting,
  ),
  "workout-heart-rate-zone-1": value(
    "Workout time in moderate zone",
    "Entraînement en zone modérée",
    second,
    0,
    lasting,
  ),
  "workout-heart-rate-zone-2": value(
    "Workout time in intense zone",
    "Entraînement en zone intense",
    second,
    0,
    lasting,
  ),
  "workout-heart-rate-zone-3": value(
    "Workout time in maximal zone",
    "Entraînement en zone maximale",
    second,
    0,
    lasting,
  ),
  "workout-intensity": value("Workout intensity", "Intensité de l'entraînement", null, 0, [0, 100]),
  "workout-manual-calories": value(
    "Workout calories, entered",
    "Calories saisies de l'entraînement",
    kilocalorie,
    0,
    energy,
  ),
  "workout-manual-distance": value(
    "Workout distance, entered",
    "Distance saisie de l'entraînement",
    metre,
    0,
    way,
  ),
  "workout-manual-intensity": value(
    "Workout intensity, entered",
    "Intensité saisie de l'entraînement",
    null,
    0,
    [0, 100],
  ),
  "workout-pause-duration": value(
    "Workout pauses, entered",
    "Pauses saisies de l'entraînement",
    second,
    0,
    lasting,
  ),
  "workout-pool-laps": value("Pool laps", "Longueurs de bassin", null, 0, [0, 10_000]),
  "workout-pool-length": value("Pool length", "Longueur du bassin", metre, 0, [0, 200]),
  "workout-spo2-average": value(
    "Workout blood oxygen, average",
    "Oxygène sanguin moyen à l'effort",
    units.percent,
    0,
    [0, 100],
  ),
  "workout-steps": value("Workout steps", "Pas de l'entraînement", null, 0, [0, 200_000]),
  "workout-strokes": value("Swimming strokes", "Mouvements de nage", null, 0, [0, 100_000]),
})
