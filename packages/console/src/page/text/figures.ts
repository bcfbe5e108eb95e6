import type { Feature, Unit } from "@withings-bridge/core"
import { language, named, t } from "./language.ts"

const locale = () => (language.get() === "fr" ? "fr-FR" : "en-GB")

/** "72.4 kg", "high", "in bed": a feature's value as people say it. */
export const figure = (feature: Feature, value: number): string => {
  const verdict = feature.verdicts?.[value]
  if (verdict) return named(verdict)
  if (feature.nature === "presence") return t(value === 1 ? "yes" : "no")
  if (feature.unit?.ucum === "s") return duration(value)
  if (feature.unit?.ucum === "m" && Math.abs(value) >= 1000) return `${count(value / 1000, 1)}\u00a0km`
  if (isShare(feature)) return withUnit(percent, count(value * 100, feature.decimals - 2))
  return withUnit(feature.unit, count(value, feature.decimals))
}

const percent = { ucum: "%", symbol: "%" }

/** A part of one, such as the sleep efficiency: people say it in percent. */
const isShare = ({ max, nature, unit }: Feature) => nature === "value" && unit === null && max === 1

/** "+1.2 kg": how much a value moved. */
export const change = (feature: Feature, by: number): string => {
  const amount = figure({ ...feature, verdicts: {} }, Math.abs(by))
  return by < 0 ? `−${amount}` : `+${amount}`
}

/** "12,345", "−3.5": a number without unit. */
export const count = (value: number, decimals = 0): string =>
  value
    .toLocaleString(locale(), { maximumFractionDigits: decimals, signDisplay: "negative" })
    .replace("-", "−")

const french: Readonly<Record<string, string>> = { yr: "ans", d: "j", "kcal/d": "kcal/j" }

/** English writes 23.4%, French 23,4 %. */
const withUnit = (unit: Unit | null, number: string): string => {
  if (unit === null) return number
  if (language.get() === "fr") return `${number}\u00a0${french[unit.symbol] ?? unit.symbol}`
  return unit.symbol === "%" ? `${number}%` : `${number}\u00a0${unit.symbol}`
}

/** "7 h 05", "5 min". */
export const duration = (seconds: number): string => {
  if (seconds < 0) return `−${duration(-seconds)}`
  if (seconds < 60) return `${Math.round(seconds)}\u00a0s`
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes}\u00a0min`
  return minutes % 60 === 0
    ? `${hours}\u00a0h`
    : `${hours}\u00a0h\u00a0${String(minutes % 60).padStart(2, "0")}`
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
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : t("justNow")
}

const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Date(at * 1000).toLocaleString(locale(), options)

export const moment = (at: number): string => format(at, { dateStyle: "medium", timeStyle: "short" })

/** "23:12": the local time of day. */
export const hourOf = (at: number): string => format(at, { hour: "2-digit", minute: "2-digit" })

/** "Sat 21 Nov": the local day. */
export const dayOf = (at: number): string => format(at, { weekday: "short", day: "numeric", month: "short" })

const day = 86_400

/** A time on an axis whose marks are so many seconds apart: no more than tells it from its neighbours. */
export const tick = (at: number, apart: number): string => {
  const date = new Date(at * 1000)
  if (apart >= 360 * day) return format(at, { year: "numeric" })
  if (apart >= 27 * day) {
    const isFirstOfYear = date.getMonth() < Math.round(apart / (30 * day))
    return format(at, isFirstOfYear ? { month: "short", year: "numeric" } : { month: "short" })
  }
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0
  return apart >= day || isMidnight
    ? format(at, { day: "numeric", month: "short" })
    : format(at, { hour: "2-digit", minute: "2-digit" })
}
