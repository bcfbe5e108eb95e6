import {
  bodyTemperature,
  duration,
  kilocalories,
  metres,
  percent,
  pulse,
  score,
  whole,
} from "./quantities.ts"
import { kindTable, value, verdict } from "./table.ts"
import { temperatureStatus } from "./temperatureStatus.ts"
import { workoutCategories } from "./workoutCategory.ts"

/** A workout: what and how long, then the document's fields in their alphabetical order. */
export const workoutKinds = kindTable("workout", {
  "workout-category": verdict("Workout", "Entraînement", workoutCategories),
  "workout-duration": value("Workout duration", "Durée de l'entraînement", duration, {
    loinc: "55411-3",
  }),
  "workout-algo-pause-duration": value(
    "Workout pauses, detected",
    "Pauses détectées de l'entraînement",
    duration,
  ),
  "workout-calories": value("Workout calories", "Calories de l'entraînement", kilocalories(0, 20_000)),
  "workout-core-temperature-average": value(
    "Workout core temperature, average",
    "Température centrale moyenne à l'effort",
    bodyTemperature,
  ),
  "workout-core-temperature-max": value(
    "Workout core temperature, highest",
    "Température centrale maximale à l'effort",
    bodyTemperature,
  ),
  "workout-core-temperature-min": value(
    "Workout core temperature, lowest",
    "Température centrale minimale à l'effort",
    bodyTemperature,
  ),
  "workout-core-temperature-status": verdict(
    "Workout core temperature, status",
    "État de la température centrale à l'effort",
    temperatureStatus,
  ),
  "workout-distance": value("Workout distance", "Distance de l'entraînement", metres(0, 500_000)),
  "workout-elevation": value("Workout floors climbed", "Étages gravis à l'entraînement", whole(0, 5000)),
  "workout-heart-rate-average": value(
    "Workout heart rate, average",
    "Fréquence cardiaque moyenne à l'effort",
    pulse,
  ),
  "workout-heart-rate-max": value(
    "Workout heart rate, highest",
    "Fréquence cardiaque maximale à l'effort",
    pulse,
  ),
  "workout-heart-rate-min": value(
    "Workout heart rate, lowest",
    "Fréquence cardiaque minimale à l'effort",
    pulse,
  ),
  "workout-heart-rate-zone-0": value("Workout time in light zone", "Entraînement en zone légère", duration),
  "workout-heart-rate-zone-1": value(
    "Workout time in moderate zone",
    "Entraînement en zone modérée",
    duration,
  ),
  "workout-heart-rate-zone-2": value(
    "Workout time in intense zone",
    "Entraînement en zone intense",
    duration,
  ),
  "workout-heart-rate-zone-3": value(
    "Workout time in maximal zone",
    "Entraînement en zone maximale",
    duration,
  ),
  "workout-intensity": value("Workout intensity", "Intensité de l'entraînement", score),
  "workout-manual-calories": value(
    "Workout calories, entered",
    "Calories saisies de l'entraînement",
    kilocalories(0, 20_000),
  ),
  "workout-manual-distance": value(
    "Workout distance, entered",
    "Distance saisie de l'entraînement",
    metres(0, 500_000),
  ),
  "workout-manual-intensity": value(
    "Workout intensity, entered",
    "Intensité saisie de l'entraînement",
    score,
  ),
  "workout-pause-duration": value("Workout pauses, entered", "Pauses saisies de l'entraînement", duration),
  "workout-pool-laps": value("Pool laps", "Longueurs de bassin", whole(0, 10_000)),
  "workout-pool-length": value("Pool length", "Longueur du bassin", metres(0, 200)),
  "workout-spo2-average": value(
    "Workout blood oxygen, average",
    "Oxygène sanguin moyen à l'effort",
    percent(0, 100),
  ),
  "workout-steps": value("Workout steps", "Pas de l'entraînement", whole(0, 200_000)),
  "workout-strokes": value("Swimming strokes", "Mouvements de nage", whole(0, 100_000)),
})
