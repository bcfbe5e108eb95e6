type Parts = (at: number, timezone: string) => ((type: string) => string) | null

/**
 * What a calendar or a clock shows at a moment (epoch seconds) in a timezone, by the type of the part; null for an
 * unknown timezone. Formats are kept: making one takes far longer than using it.
 */
export const zonedParts = (options: Intl.DateTimeFormatOptions): Parts => {
  const formats = new Map<string, Intl.DateTimeFormat | null>()
  const make = (timeZone: string): Intl.DateTimeFormat | null => {
    try {
      return new Intl.DateTimeFormat("en-US", { timeZone, ...options })
    } catch {
      return null
    }
  }
  return (at, timezone) => {
    const known = formats.get(timezone)
    const format = known === undefined ? make(timezone) : known
    if (known === undefined) formats.set(timezone, format)
    const parts = format?.formatToParts(at * 1000)
    return parts === undefined ? null : (type) => parts.find((each) => each.type === type)?.value ?? ""
  }
}
