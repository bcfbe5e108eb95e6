const formats = new Map<string, Intl.DateTimeFormat | null>()

const formatIn = (timezone: string): Intl.DateTimeFormat | null => {
  const known = formats.get(timezone)
  if (known !== undefined) return known
  const format = makeFormat(timezone)
  formats.set(timezone, format)
  return format
}

const makeFormat = (timezone: string): Intl.DateTimeFormat | null => {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    })
  } catch {
    return null
  }
}

/** The date of a moment (epoch seconds) in a place: "2026-11-21". null when no one knows that timezone. */
export const localDay = (at: number, timezone: string): string | null => {
  const parts = formatIn(timezone)?.formatToParts(at * 1000)
  if (parts === undefined) return null
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ""
  return `${part("year")}-${part("month")}-${part("day")}`
}
