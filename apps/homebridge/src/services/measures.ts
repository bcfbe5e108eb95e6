import { type DeviceDescriptor, type Feature, isShown, type ShownValues } from "@withings-bridge/core"
import { customCharacteristic } from "../customCharacteristics.ts"
import type { CustomCharacteristic, ServicePlan } from "../Plan.ts"
import type { Settings } from "../settings.ts"

/** HAP refuses more characteristics in one service. */
const mostInOneService = 90

const isMeasure = (feature: Feature) =>
  feature.nature === "value" || feature.nature === "counter" || feature.nature === "verdict"

/** Measures under their own name and unit: Eve and Controller show them, Apple's Home does not. */
export const measures = (
  descriptor: DeviceDescriptor,
  settings: Settings,
  values: ShownValues,
): ReadonlyArray<ServicePlan> => {
  if (settings.values === "none") return []
  const known = descriptor.features.filter(
    (feature) => isMeasure(feature) && isShown(feature, values) && feature.reading !== null,
  )
  const categories = [...new Set(known.map((feature) => feature.category))].toSorted()
  const { language } = settings
  const status = standings[descriptor.availability][language]
  return categories.map((category) => {
    const features = known.filter((feature) => feature.category === category).slice(0, mostInOneService)
    const newest = Math.max(...features.map((feature) => feature.reading?.at ?? 0))
    const time = new Date(newest * 1000).toISOString()
    return {
      type: "Measures" as const,
      subtype: `measures-${category}`,
      name: `${descriptor.name} ${category}`,
      characteristics: [
        ...features.map((feature) => customCharacteristic(feature, language)),
        aboutDevice("last-measured", { en: "Last Measured", fr: "Dernière mesure" }[language], time),
        aboutDevice("standing", { en: "Status", fr: "État" }[language], status),
      ],
    }
  })
}

const standings: Record<DeviceDescriptor["availability"], Record<Settings["language"], string>> = {
  available: { en: "Up to date", fr: "À jour" },
  "sign-in-needed": { en: "Last values kept: sign in again", fr: "Dernières valeurs : reconnectez-vous" },
  missing: { en: "No longer listed, kept for now", fr: "Plus listé, conservé pour l'instant" },
  unlinked: { en: "No longer linked", fr: "Appareil dissocié" },
}

/** A characteristic about the device itself. */
const aboutDevice = (key: string, name: string, value: string): CustomCharacteristic => ({
  type: "custom",
  key,
  name,
  format: "string",
  unit: null,
  value,
})
