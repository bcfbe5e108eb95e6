type Parts = (at: number, timezone: string) => ((type: string) => string) | null

/**
 * Parts of the local date and time at a moment (epoch seconds); null for an unknown timezone. Formats are cached,
 * because making one is slow.
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
