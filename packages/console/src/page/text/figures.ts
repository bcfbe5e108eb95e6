import type { Feature } from "@withings-bridge/core"
import { language, named, t } from "./language.ts"

const locale = () => (language.get() === "fr" ? "fr-FR" : "en-GB")

/** "72.4 kg", "high", "in bed": a feature's value as people say it. */
export const figure = (feature: Feature, value: number): string => {
  const verdict = feature.verdicts?.[value]
  if (verdict) return named(verdict)
  if (feature.nature === "presence") return t(value === 1 ? "yes" : "no")
  if (feature.unit?.ucum === "s") return duration(value)
  const number = value.toLocaleString(locale(), {
    minimumFractionDigits: 0,
    maximumFractionDigits: feature.decimals,
  })
  return feature.unit ? `${number} ${feature.unit.symbol}` : number
}

const duration = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  return hours > 0 ? `${hours} h ${String(minutes % 60).padStart(2, "0")}` : `${minutes} min`
}

const steps = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const

/** "2 hours ago", "yesterday": how long ago an epoch second was, as seen now. */
export const ago = (at: number): string => {
  const seconds = at - Date.now() / 1000
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" })
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, "second")
}

export const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" })
