const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  })
  formats.set(zone, made)
  return made
}

const askIntl = (zone: string, hour: number): number => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(hour * 3_600_000)
      .map((part) => [part.type, Number(part.value)]),
  )
  const local = Date.UTC(
    parts["year"] ?? 0,
    (parts["month"] ?? 1) - 1,
    parts["day"] ?? 1,
    parts["hour"] ?? 0,
    parts["minute"] ?? 0,
  )
  return local / 1000 - hour * 3600
}

const offsetsOf = (zone: string): Map<number, number> => {
  const known = offsets.get(zone)
  if (known) return known
  const made = new Map<number, number>()
  offsets.set(zone, made)
  return made
}

const offsetAtHour = (zone: string, hour: number): number => {
  const ofZone = offsetsOf(zone)
  const known = ofZone.get(hour)
  if (known !== undefined) return known
  const offset = askIntl(zone, hour)
  ofZone.set(hour, offset)
  return offset
}

/** Clocks do not change twice within so many hours, so the same offset at both ends stands for all between. */
const stretch = 16 * 24

/** Seconds that the zone is ahead of UTC at that moment. Remembered, because Intl is slow. */
export const offsetAt = (zone: string, epoch: number): number => {
  const hour = Math.floor(epoch / 3600)
  const first = Math.floor(hour / stretch) * stretch
  const offset = offsetAtHour(zone, first)
  return offset === offsetAtHour(zone, first + stretch) ? offset : offsetAtHour(zone, hour)
}

/** The local calendar day, "YYYY-MM-DD". */
export const dayOf = (zone: string, epoch: number): string =>
  new Date((epoch + offsetAt(zone, epoch)) * 1000).toISOString().slice(0, 10)

/** The moment at which the zone's clocks show that many seconds after midnight of that day, counted from 1970. */
export const epochOf = (zone: string, day: number, seconds: number): number => {
  const local = day * 86_400 + seconds
  const guess = local - offsetAt(zone, local)
  return local - offsetAt(zone, guess)
}

/** Days since 1970 of a calendar day, to count and compare days. */
export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000)

export const dayFrom = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

export const isCalendarDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  dayFrom(dayNumber(text)) === text
