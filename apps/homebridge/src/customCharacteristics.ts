import type { Feature } from "@withings-bridge/core"
import type { CustomCharacteristic, Range } from "./Plan.ts"
import type { Settings } from "./settings.ts"

/** HAP's longest string. */
const longestText = 64

/** HAP has no characteristic for weight, blood pressure, heart rate or sleep: each kind of measure gets a custom one. */
export const customCharacteristic = (
  feature: Feature,
  language: Settings["language"],
): CustomCharacteristic => {
  const named = { type: "custom" as const, key: feature.key, name: feature.name[language] }
  const value = feature.reading?.value ?? null
  if (feature.verdicts !== undefined) {
    const meaning = value === null ? null : (feature.verdicts[value]?.[language] ?? String(value))
    return { ...named, format: "string", unit: null, value: meaning?.slice(0, longestText) ?? null }
  }
  return {
    ...named,
    format: "float",
    unit: feature.unit?.symbol ?? null,
    range: rangeWith(feature, value),
    value,
  }
}

/** Widens the range for an implausible value: it is still what was measured. */
const rangeWith = (feature: Feature, value: number | null): Range => ({
  min: Math.min(feature.min, value ?? feature.min),
  max: Math.max(feature.max, value ?? feature.max),
})
