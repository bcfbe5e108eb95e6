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
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    })
  } catch {
    return null
  }
}

/** What a clock on the wall shows at a moment (epoch seconds), in seconds since midnight; null for an unknown timezone. */
export const timeOfDay = (at: number, timezone: string): number | null => {
  const parts = formatIn(timezone)?.formatToParts(at * 1000)
  if (parts === undefined) return null
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return part("hour") * 3600 + part("minute") * 60 + part("second")
}
