import { zonedParts } from "./zonedParts.ts"

const calendar = zonedParts({ year: "numeric", month: "2-digit", day: "2-digit" })

/** Local date of a moment (epoch seconds): "2026-11-21". null for an unknown timezone. */
export const localDay = (at: number, timezone: string): string | null => {
  const part = calendar(at, timezone)
  return part === null ? null : `${part("year")}-${part("month")}-${part("day")}`
}
