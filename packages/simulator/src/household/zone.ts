/** Offsets by zone and hour: Intl is slow. */
const offsets = new Map<string, (hour: number) => number>()

const askIntl = (zone: string) => {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
  const known = new Map<number, number>()
  return (hour: number): number => {
    const before = known.get(hour)
    if (before !== undefined) return before
    // "7/10/2025, GMT+05:30", and "GMT" alone in London's winter.
    const [, sign = "+", hours = 0, minutes = 0] =
      /GMT([+-])(\d+):(\d+)/.exec(format.format(hour * 3_600_000)) ?? []
    const offset = Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60)
    known.set(hour, offset)
    return offset
  }
}

const offsetAtHour = (zone: string, hour: number): number => {
  const ofZone = offsets.get(zone) ?? askIntl(zone)
  offsets.set(zone, ofZone)
  return ofZone(hour)
}

/** Clocks do not change twice within so many hours, so the same offset at both ends stands for all between. */
const stretch = 16 * 24

/** Seconds that the zone is ahead of UTC at that moment. */
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
