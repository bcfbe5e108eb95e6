import type { Text } from "../MeasureKind.ts"

/** Withings sends the words `unknown`, `usual`, `elevated`: numbered here in that order. */
export const temperatureStatus: Readonly<Record<number, Text>> = {
  0: { en: "Unknown", fr: "Inconnu" },
  1: { en: "Usual", fr: "Habituelle" },
  2: { en: "Elevated", fr: "Élevée" },
}
