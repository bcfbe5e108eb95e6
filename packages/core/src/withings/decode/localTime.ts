/** Times of day where the person is. Pure: epoch seconds in, epoch seconds out. */

const formats = new Map<string, Intl.DateTimeFormat>()

const formatIn = (timezone: string): Intl.DateTimeFormat => {
  const known = formats.get(timezone)
  if (known !== undefined) return known
  const format = makeFormat(timezone)
  // A timezone that this Node does not know must not cost the record.
  if (format === null) return formatIn("UTC")
  formats.set(timezone, format)
  return format
}

const makeFormat = (timeZone: string): Intl.DateTimeFormat | null => {
  const fields = {
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const
  try {
    return new Intl.DateTimeFormat("en-US", { ...fields, timeZone })
  } catch {
    return null
  }
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  )
}

/** The wall clock at a moment, as if it were UTC. */
const wallClock = (at: number, timezone: string): number => {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatIn(timezone).formatToParts(at * 1000)) parts[type] = Number(value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
}

/** Local midnight at which a day (`2026-11-21`) began; null when it is no date. */
export const localMidnight = (date: string, timezone: string): number | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) return null
  const wanted = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3])) * 86_400
  // The offset at the first guess may be that of the other side of a clock change: the second guess settles it.
  const guess = wanted - (wallClock(wanted, timezone) - wanted)
  return guess - (wallClock(guess, timezone) - wanted)
}

/** Hour of the day, 0 to 23. */
export const localHour = (at: number, timezone: string): number =>
  Math.floor((((wallClock(at, timezone) % 86_400) + 86_400) % 86_400) / 3600)
