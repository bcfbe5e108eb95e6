type Parts = (at: number, timezone: string) => ((type: string) => string) | null

/**
 * Parts of the local date and time at a moment (epoch seconds); null for an unknown timezone. Formats are cached,
 * because making one is slow.
 */
export const zonedParts = (options: Intl.DateTimeFormatOptions): Parts => {
  const formats = new Map<string, Intl.DateTimeFormat>()
  const make = (timeZone: string): Intl.DateTimeFormat | null => {
    try {
      const format = new Intl.DateTimeFormat("en-US", { timeZone, ...options })
      formats.set(timeZone, format)
      return format
    } catch {
      return null
    }
  }
  return (at, timezone) => {
    const parts = (formats.get(timezone) ?? make(timezone))?.formatToParts(at * 1000)
    return parts === undefined ? null : (type) => parts.find((each) => each.type === type)?.value ?? ""
  }
}
