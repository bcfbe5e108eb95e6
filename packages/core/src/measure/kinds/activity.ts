import { kilocalories, kilograms, metres, pulse, seconds, whole } from "./quantities.ts"
import { counter, kindTable, value } from "./table.ts"

/** A day of activity, in the order of the document's fields (steps to hr_zone_3). */
export const activityKinds = kindTable("activity", {
  steps: counter("Steps", "Pas", whole(0, 200_000), { loinc: "41950-7" }),
  distance: counter("Distance", "Distance", metres(0, 500_000)),
  elevation: counter("Floors climbed", "Étages gravis", whole(0, 5000)),
  "soft-duration": counter("Light activity", "Activité légère", seconds(0, 90_000)),
  "moderate-duration": counter("Moderate activity", "Activité modérée", seconds(0, 90_000)),
  "intense-duration": counter("Intense activity", "Activité intense", seconds(0, 90_000)),
  "active-duration": counter("Active time", "Temps d'activité", seconds(0, 90_000)),
  calories: counter("Active calories", "Calories actives", kilocalories(0, 20_000)),
  "total-calories": counter("Total calories", "Calories totales", kilocalories(0, 30_000)),
  "day-heart-rate-average": counter(
    "Heart rate of the day, average",
    "Fréquence cardiaque moyenne du jour",
    pulse,
  ),
  "day-heart-rate-min": counter(
    "Heart rate of the day, lowest",
    "Fréquence cardiaque minimale du jour",
    pulse,
  ),
  "day-heart-rate-max": counter(
    "Heart rate of the day, highest",
    "Fréquence cardiaque maximale du jour",
    pulse,
  ),
  "day-heart-rate-zone-0": counter(
    "Time in light heart rate zone",
    "Temps en zone cardiaque légère",
    seconds(0, 90_000),
  ),
  "day-heart-rate-zone-1": counter(
    "Time in moderate heart rate zone",
    "Temps en zone cardiaque modérée",
    seconds(0, 90_000),
  ),
  "day-heart-rate-zone-2": counter(
    "Time in intense heart rate zone",
    "Temps en zone cardiaque intense",
    seconds(0, 90_000),
  ),
  "day-heart-rate-zone-3": counter(
    "Time in maximal heart rate zone",
    "Temps en zone cardiaque maximale",
    seconds(0, 90_000),
  ),
})

/** A person's goals. */
export const goalKinds = kindTable("goal", {
  "goal-steps": value("Steps goal", "Objectif de pas", whole(0, 200_000)),
  "goal-sleep": value("Sleep goal", "Objectif de sommeil", seconds(0, 86_400)),
  "goal-weight": value("Weight goal", "Objectif de poids", kilograms(0, 500)),
})
