import { DeviceId } from "../../measure/Device.ts"

/**
 * JSON or a form from Withings, which may hold anything. The functions below bound every number, time and text, so
 * that later code cannot throw and both stores can keep it. Records are not copied: they come by the ten thousand.
 */
export type Wire = Readonly<Record<string, unknown>>

export const isWire = (value: unknown): value is Wire =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A number between ±2^53. Withings types some numbers as strings in one place and as integers in another. */
export const numberIn = (record: Wire, field: string): number | null => {
  const value = record[field]
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof number === "number" && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null
}

const largestCode = 1_000_000

/** A number of one of Withings' tables: a type, a model, a category. Whole, from -1 ("none") to a million. */
export const codeIn = (record: Wire, field: string): number | null => {
  const code = numberIn(record, field)
  return code !== null && Number.isInteger(code) && code >= -1 && code <= largestCode ? code : null
}

const earliestTime = Date.UTC(1990, 0, 1) / 1000
/** Seconds that a clock of Withings, of a device or of this machine may be ahead of the others. */
const aheadAtMost = 2 * 86_400

/** A whole epoch second from 1990 to two days after `now`; null for any other number, milliseconds among them. */
export const toTime = (value: number | null, now: number): number | null =>
  value !== null && value >= earliestTime && value <= now + aheadAtMost ? Math.floor(value) : null

export const timeIn = (record: Wire, field: string, now: number): number | null =>
  toTime(numberIn(record, field), now)

/** Why a record with such a time is skipped. */
export const noTime = (record: Wire, field: string): string =>
  isMissing(record, field) ? `has no ${field}` : `has no ${field} between 1990 and two days from now`

/** Why a record with such a text is skipped. */
export const noText = (record: Wire, field: string): string =>
  isMissing(record, field) ? `has no ${field}` : `has no ${field} that is plain text`

const isMissing = (record: Wire, field: string): boolean =>
  record[field] === undefined || record[field] === null

const longestText = 255
/** Control characters, which PostgreSQL refuses and terminals obey. */
const control = /\p{Cc}/u
const controls = /\p{Cc}/gu

/** An id or a word, also one sent as a number. null when it is too long or not plain text. */
export const textIn = (record: Wire, field: string, longest = longestText): string | null => {
  const value = record[field]
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null
  if (typeof value !== "string" || value === "" || value.length > longest) return null
  return control.test(value) || !value.isWellFormed() ? null : value
}

/** Some answers have only `hash_deviceid`, which holds the same text as `deviceid`. */
export const deviceIdIn = (record: Wire): DeviceId | null => {
  const id = textIn(record, "deviceid") ?? textIn(record, "hash_deviceid")
  return id === null ? null : DeviceId(id)
}

/** Text for people: control characters are removed, and long texts cut. */
export const labelIn = (record: Wire, field: string): string | null => {
  const value = record[field]
  if (typeof value !== "string") return textIn(record, field)
  return value.slice(0, longestText).replace(controls, " ").toWellFormed().trim() || null
}

/** The object under a name; an empty one where there is none. */
export const partIn = (record: Wire, field: string): Wire => {
  const value = record[field]
  return isWire(value) ? value : {}
}

/** The list under a name; null when there is none. */
export const listIn = (record: Wire, field: string): ReadonlyArray<unknown> | null => {
  const value = record[field]
  return Array.isArray(value) ? value : null
}

/** More than any figure of a body, a day or a night, in any unit. */
const largestValue = 1e9

/** Whether a number can be the value of a measure. */
export const isValue = (value: number): boolean => Math.abs(value) <= largestValue

/** The number that `value` and `unit` stand for, value × 10^unit; null without either. */
export const scaledIn = (record: Wire): number | null => {
  const value = numberIn(record, "value")
  const exponent = numberIn(record, "unit")
  if (value === null || exponent === null) return null
  const number = scaled(value, exponent)
  return isValue(number) ? number : null
}

/** Exact as a decimal number: in floats 56300 × 0.001 is 56.300000000000004. */
const scaled = (value: number, exponent: number): number =>
  exponent === 0 ? value : Number(`${value}e${exponent}`)
