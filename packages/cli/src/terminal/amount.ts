import type { Feature } from "@withings-bridge/core"
import { duration } from "./progressBar.ts"

/** "72.4 kg", "7 h 16 min". */
export const amountText = (value: number, { decimals, unit }: Pick<Feature, "decimals" | "unit">): string =>
  unit?.symbol === "s" && value >= 60
    ? duration(value)
    : `${value.toFixed(decimals)} ${unit?.symbol ?? ""}`.trimEnd()
