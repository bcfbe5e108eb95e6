import { zonedParts } from "./zonedParts.ts"

const calendar = zonedParts({ year: "numeric", month: "2-digit", day: "2-digit" })

/** The date of a moment (epoch seconds) in a place: "2026-11-21". null when no one knows that timezone. */
export const localDay = (at: number, timezone: string): string | null => {
  const part = calendar(at, timezone)
  return part === null ? null : `${part("year")}-${part("month")}-${part("day")}`
}
