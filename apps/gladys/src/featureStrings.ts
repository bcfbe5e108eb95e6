import type { Feature, Text } from "@withings-bridge/core"

/** Gladys' category, type and unit of a feature, and the conversion from our unit to its. */
export interface FeatureStrings {
  readonly category: string
  readonly type: string
  readonly unit: string | null
  /** Gladys' value is ours times this. */
  readonly factor: number
  /** Digits after the decimal point. */
  readonly decimals: number
  /** Shown behind the name where Gladys has no such unit: "Weight (kg)". */
  readonly suffix: Text | null
  readonly keepHistory: boolean
}

/** Nights and their parts are shown in hours, shorter durations in minutes. */
const inHours =
  /^(?:(?:sleep|nap)-(?:time-in-bed|(?:(?:external|light|rem|deep)-)?duration)|goal-sleep|sleep-to-goal)$/

/** Goals, and days since something: nobody makes a chart of them. */
const keepsHistory = ({ category, kind }: Feature): boolean =>
  category !== "goal" && !kind.startsWith("days-since-")

const binary = { factor: 1, decimals: 0, unit: null, suffix: null, type: "binary", keepHistory: true }
const sensor = (category: string, unit: string, decimals: number, type = "decimal"): FeatureStrings => ({
  category,
  type,
  unit,
  factor: 1,
  decimals,
  suffix: null,
  keepHistory: true,
})

const hours: FeatureStrings = { ...sensor("duration", "hours", 2), factor: 1 / 3600 }
const minutes: FeatureStrings = { ...sensor("duration", "minutes", 0), factor: 1 / 60 }

/** Symbols that are words, in French. */
const frenchSymbols: Readonly<Record<string, string>> = { yr: "ans", d: "j", "kcal/d": "kcal/j" }

const suffixOf = (symbol: string): Text => ({ en: symbol, fr: frenchSymbols[symbol] ?? symbol })

/** For a quantity that Gladys has no category for: a counter with the unit in its name. */
const counter = (feature: Feature): FeatureStrings => ({
  ...sensor("counter-sensor", "", feature.decimals, "integer"),
  unit: null,
  suffix: feature.unit === null ? null : suffixOf(feature.unit.symbol),
})

/** A ratio such as the efficiency of a night: people expect a percentage. */
const isRatio = ({ decimals, max, min, nature, unit }: Feature): boolean =>
  nature === "value" && unit === null && min === 0 && max === 1 && decimals > 0

const ratio = ({ decimals }: Feature): FeatureStrings => ({
  ...sensor("counter-sensor", "percent", Math.max(0, decimals - 2), "integer"),
  factor: 100,
})

/** Units that Gladys knows, by UCUM code. */
const byUnit: Readonly<Record<string, (feature: Feature) => FeatureStrings>> = {
  "%": (feature) =>
    feature.kind.includes("humidity")
      ? sensor("humidity-sensor", "percent", feature.decimals)
      : sensor("counter-sensor", "percent", feature.decimals, "integer"),
  Cel: (feature) => sensor("temperature-sensor", "celsius", feature.decimals),
  m: (feature) => sensor("distance-sensor", "m", feature.decimals),
  "m/s": (feature) => sensor("speed-sensor", "meter-per-second", feature.decimals),
  "[ppm]": (feature) => sensor("co2-sensor", "ppm", feature.decimals, "integer"),
  lx: (feature) => sensor("light-sensor", "lux", feature.decimals),
  dB: (feature) => sensor("noise-sensor", "decibel", feature.decimals, "integer"),
  s: ({ kind }) => (inHours.test(kind) ? hours : minutes),
  min: () => ({ ...minutes, factor: 1 }),
}

/** Categories, types and units that Gladys 4.86 accepts and shows with an icon; it has none for health. */
export const featureStrings = (feature: Feature): FeatureStrings => {
  switch (feature.nature) {
    case "presence":
      return { ...binary, category: "presence-sensor" }
    // Gladys has no category for a fact. Of those that show "on" and "off" this one claims the least.
    case "rule":
      return { ...binary, category: "switch" }
    // No "battery-low" as well: Gladys warns of each of the two.
    case "battery":
      return sensor("battery", "percent", 0, "integer")
    case "measured":
      return { ...binary, category: "presence-sensor", type: "push", keepHistory: false }
    case "verdict":
    // Gladys has no time of day either: "23:40" is text.
    case "time":
      return { ...binary, category: "text", type: "text", keepHistory: false }
    default:
      return { ...ofValue(feature), keepHistory: keepsHistory(feature) }
  }
}

const ofValue = (feature: Feature): FeatureStrings => {
  if (feature.unit === null) return isRatio(feature) ? ratio(feature) : counter(feature)
  return byUnit[feature.unit.ucum]?.(feature) ?? counter(feature)
}
