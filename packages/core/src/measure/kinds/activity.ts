import { units } from "../Unit.ts"
import { counter, kindTable, value } from "./table.ts"

const { second, metre, kilocalorie, beatsPerMinute } = units
const day = [0, 90_000] as const
const pulse = [20, 250] as const

/** A day of activity, in the order of the document's fields (steps to hr_zone_3). */
export const activityKinds = kindTable("activity", {
  steps: counter("Steps", "Pas", null, 0, [0, 200_000], { loinc: "41950-7" }),
  distance: counter("Distance", "Distance", metre, 0, [0, 500_000]),
  elevation: counter("Floors climbed", "Étages gravis", null, 0, [0, 5000]),
  "soft-duration": counter("Light activity", "Activité légère", second, 0, day),
  "moderate-duration": counter("Moderate activity", "Activité modérée", second, 0, day),
  "intense-duration": counter("Intense activity", "Activité intense", second, 0, day),
  "active-duration": counter("Active time", "Temps d'activité", second, 0, day),
  calories: counter("Active calories", "Calories actives", kilocalorie, 0, [0, 20_000]),
  "total-calories": counter("Total calories", "Calories totales", kilocalorie, 0, [0, 30_000]),
  "day-heart-rate-average": counter(
    "Heart rate of the day, average",
    "Fréquence cardiaque moyenne du jour",
    beatsPerMinute,
    0,
    pulse,
  ),
  "day-heart-rate-min": counter(
    "Heart rate of the day, lowest",
    "Fréquence cardiaque minimale du jour",
    beatsPerMinute,
    0,
    pulse,
  ),
  "day-heart-rate-max": counter(
    "Heart rate of the day, highest",
    "Fréquence cardiaque maximale du jour",
    beatsPerMinute,
    0,
    pulse,
  ),
  "day-heart-rate-zone-0": counter(
    "Time in light heart rate zone",
    "Temps en zone cardiaque légère",
    second,
    0,
    day,
  ),
  "day-heart-rate-zone-1": counter(
    "Time in moderate heart rate zone",
    "Temps en zone cardiaque modérée",
    second,
    0,
    day,
  ),
  "day-heart-rate-zone-2": counter(
    "Time in intense heart rate zone",
    "Temps en zone cardiaque intense",
    second,
    0,
    day,
  ),
  "day-heart-rate-zone-3": counter(
    "Time in maximal heart rate zone",
    "Temps en zone cardiaque maximale",
    second,
    0,
    day,
  ),
})

/** A person's goals. */
export const goalKinds = kindTable("goal", {
  "goal-steps": value("Steps goal", "Objectif de pas", null, 0, [0, 200_000]),
  "goal-sleep": value("Sleep goal", "Objectif de sommeil", second, 0, [0, 86_400]),
  "goal-weight": value("Weight goal", "Objectif de poids", units.kilogram, 2, [0, 500]),
})
