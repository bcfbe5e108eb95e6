import type { Text } from "../text/words.ts"

/** The categories of measures, in the order of the page. */
export const categories = {
  body: ["Body", "Corps", "Körper"],
  "blood-pressure": ["Blood pressure", "Tension artérielle", "Blutdruck"],
  heart: ["Heart", "Cœur", "Herz"],
  oxygen: ["Oxygen", "Oxygène", "Sauerstoff"],
  temperature: ["Temperature", "Température", "Temperatur"],
  sleep: ["Sleep", "Sommeil", "Schlaf"],
  activity: ["Activity", "Activité", "Aktivität"],
  workout: ["Workouts", "Entraînements", "Training"],
  nerve: ["Nerves", "Nerfs", "Nerven"],
  urine: ["Urine", "Urine", "Urin"],
  environment: ["Bedroom", "Chambre", "Schlafzimmer"],
  goal: ["Goals", "Objectifs", "Ziele"],
  other: ["Other", "Autres", "Sonstiges"],
} as const satisfies Readonly<Record<string, Text>>
