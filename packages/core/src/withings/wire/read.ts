/**
 * Reading JSON that may be anything. Records by the ten thousand go through here, so they are checked in place
 * and not copied; what no reader asks for is left behind.
 */
export type Wire = Readonly<Record<string, unknown>>

export const isWire = (value: unknown): value is Wire =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Withings types some numbers as strings in one place and as integers in another. */
export const numberIn = (record: Wire, field: string): number | null => {
  const value = record[field]
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (typeof value !== "string" || value.trim() === "") return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export const textIn = (record: Wire, field: string): string | null => {
  const value = record[field]
  if (typeof value === "string" && value !== "") return value
  return typeof value === "number" ? String(value) : null
}

/** The list under a name; null when there is none, which is another thing than an empty one. */
export const listIn = (record: Wire, field: string): ReadonlyArray<unknown> | null => {
  const value = record[field]
  return Array.isArray(value) ? value : null
}

/** value × 10^exponent as the decimal number it is: in floats 56300 × 0.001 is 56.300000000000004. */
export const scaled = (value: number, exponent: number): number =>
  exponent === 0 ? value : Number(`${value}e${exponent}`)
