import { clockText, type Feature } from "@withings-bridge/core"
import { duration } from "./progressBar.ts"

/** "72.4 kg", "7 h 16 min", "-7 min". */
export const amountText = (value: number, { decimals, unit }: Pick<Feature, "decimals" | "unit">): string =>
  unit?.symbol === "s" && Math.abs(value) >= 60
    ? `${value < 0 ? "-" : ""}${duration(Math.abs(value))}`
    : `${value.toFixed(decimals)} ${unit?.symbol ?? ""}`.trimEnd()

const batteryWords: Readonly<Record<number, string>> = { 1: "low", 2: "medium", 3: "high" }

/** "72.4 kg", "in bed", "high". */
export const valueText = (feature: Feature): string => {
  const { reading } = feature
  if (reading === null) return "not known yet"
  switch (feature.nature) {
    case "presence":
      return reading.value === 1 ? "in bed" : "not in bed"
    case "battery":
      return batteryWords[reading.value] ?? "unknown"
    case "measured":
      return "measured"
    case "verdict":
      return feature.verdicts?.[reading.value]?.en ?? String(reading.value)
    case "time":
      return clockText(reading.value)
    default:
      return amountText(reading.value, feature)
  }
}
