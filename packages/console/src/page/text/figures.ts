import type { Feature, Unit } from "@withings-bridge/core"
import { language, named, texts } from "./language.ts"
import { browserLocale } from "./preferences.ts"
import {
  foot,
  inchesPerFoot,
  poundsPerStone,
  shownDifference,
  shownFeature,
  shownValue,
  stone,
} from "./units.ts"

const t = texts({
  justNow: ["just now", "à l’instant", "gerade eben"],
  yes: ["Yes", "Oui", "Ja"],
  no: ["No", "Non", "Nein"],
})

const usual = { en: "en-GB", fr: "fr-FR", de: "de-DE" }

/** The browser's own locale if it is of the chosen language: dates differ between London and New York. */
const locale = (): string => {
  const [own, chosen] = [browserLocale(), language.get()]
  return own.toLowerCase().startsWith(`${chosen}-`) ? own : usual[chosen]
}

/** "72.4 kg", "high", "in bed": a feature's value as people say it, in the unit that the reader prefers. */
export const figure = (feature: Feature, value: number): string =>
  inItsUnit(shownFeature(feature), shownValue(feature, value))

const inItsUnit = (feature: Feature, value: number): string => {
  const verdict = feature.verdicts?.[value]
  if (verdict) return named(verdict)
  if (feature.nature === "time") return clockOf(value)
  if (feature.nature === "presence") return t(value === 1 ? "yes" : "no")
  const ucum = feature.unit?.ucum
  if (ucum === "s") return duration(value)
  if (ucum === "m" && Math.abs(value) >= 1000) return `${count(value / 1000, 1)}\u00a0km`
  if (ucum === stone.ucum) return parts(value, poundsPerStone, ["\u00a0st", "\u00a0lb"], 1)
  if (ucum === foot.ucum) return parts(value, inchesPerFoot, ["\u2032", "\u2033"], 0)
  if (isShare(feature)) return withUnit(percent, count(value * 100, feature.decimals - 2))
  return withUnit(feature.unit, count(value, feature.decimals))
}

/** "121" of "121/78 mmHg": the number without its unit. */
export const pressureFigure = (feature: Feature, value: number): string => {
  const shown = shownFeature(feature)
  return count(shownValue(feature, value), shown.decimals)
}

/** "11 st 4.2 lb", "5′ 11″": a whole number of one unit and the rest in the next smaller one. */
const parts = (
  value: number,
  each: number,
  [large, small]: readonly [string, string],
  decimals: number,
): string => {
  const rest = Number((Math.abs(value) * each).toFixed(decimals))
  const sign = value < 0 ? "−" : ""
  return `${sign}${Math.floor(rest / each)}${large}\u00a0${count(rest % each, decimals)}${small}`
}
/** "23:40", from seconds since midnight. */
const clockOf = (seconds: number): string =>
  format(seconds, { timeZone: "UTC", hour: "2-digit", minute: "2-digit" })

const percent = { ucum: "%", symbol: "%" }

/** A fraction such as the sleep efficiency, which is shown in percent. */
const isShare = ({ max, nature, unit }: Feature) => nature === "value" && unit === null && max === 1

/** "+1.2 kg": how much a value moved. */
export const change = (feature: Feature, by: number): string => {
  const { by: shown, feature: difference } = shownDifference({ ...feature, verdicts: {} }, Math.abs(by))
  const amount = inItsUnit(difference, shown)
  return by < 0 ? `−${amount}` : `+${amount}`
}

/** "12,345", "−3.5": a number without unit. */
export const count = (value: number, decimals = 0): string =>
  numberFormat({ maximumFractionDigits: decimals, signDisplay: "negative" }).format(value).replace("-", "−")

/** Cached: making a formatter takes a thousand times longer than using it, and a chart has hundreds of dates. */
const cached = <Options, Format>(make: (locale: string, options: Options) => Format) => {
  const formats = new Map<string, Format>()
  return (options: Options): Format => {
    const key = locale() + JSON.stringify(options)
    const format = formats.get(key) ?? make(locale(), options)
    formats.set(key, format)
    return format
  }
}

const numberFormat = cached(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)
const dateFormat = cached(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)

/** Symbols that are words of a language. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {},
  fr: { yr: "ans", d: "j", "kcal/d": "kcal/j" },
  de: { yr: "Jahre", d: "Tage", "kcal/d": "kcal/Tag", bpm: "/min" },
}

/** English writes 23.4%, French and German 23,4 %. */
const withUnit = (unit: Unit | null, number: string): string => {
  if (unit === null) return number
  const chosen = language.get()
  if (chosen !== "en") return `${number}\u00a0${words[chosen]?.[unit.symbol] ?? unit.symbol}`
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

/** "2 hours ago", "yesterday": how long ago an epoch second was. */
export const ago = (at: number): string => {
  const seconds = at - Date.now() / 1000
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" })
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : t("justNow")
}

/** "today", "yesterday", "5 days ago", for a daily sum, which is dated at the midnight its day begins with. */
const daysAgo = (midnight: number): string => {
  // Noon falls on the same date in nearly every time zone. The future is cut off.
  const noon = new Date((midnight + 43_200) * 1000).setHours(12, 0, 0, 0)
  const days = Math.min(0, Math.round((noon - new Date().setHours(12, 0, 0, 0)) / 86_400_000))
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day")
}

/** The age of a feature's value. */
export const ageOf = ({ nature }: Feature, at: number): string =>
  nature === "counter" ? daysAgo(at) : ago(at)

const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
  dateFormat(options).format(at * 1000)

export const moment = (at: number): string => format(at, { dateStyle: "medium", timeStyle: "short" })

/** "23:12": the local time of day. */
export const hourOf = (at: number): string => format(at, { hour: "2-digit", minute: "2-digit" })

/** "Sat 21 Nov": the local day. */
export const dayOf = (at: number): string => format(at, { weekday: "short", day: "numeric", month: "short" })

const day = 86_400

/** A mark on a time axis with so many seconds between marks: no more detail than is needed to tell them apart. */
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

/** "Monday": 1 Monday to 7 Sunday. */
export const weekdayName = (day: number, style: "long" | "short" | "narrow" = "long"): string =>
  // 1 January 2024 was a Monday.
  format(Date.UTC(2024, 0, day) / 1000, { weekday: style, timeZone: "UTC" })

/** "Nov": the month of an epoch second. */
export const monthName = (at: number): string => format(at, { month: "short" })

/** "21 November 2026": the local day. */
export const longDate = (at: number): string => format(at, { dateStyle: "long" })

/** "23:12": a time of day as seconds after noon. */
export const clockAfterNoon = (afterNoon: number): string => clockOf((43_200 + afterNoon) % 86_400)

/** "23:12:05" */
export const timeOfDay = (at: number): string => format(at, { timeStyle: "medium" })
