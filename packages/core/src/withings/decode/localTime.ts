import { zonedParts } from "../../measure/zonedParts.ts"

const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const
const time = { hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const
const calendar = zonedParts({ ...day, ...time })

/** What clock and calendar show at a moment (epoch seconds), as if it were UTC. A timezone unknown to Node is UTC. */
const wallClock = (at: number, timezone: string): number => {
  const part = calendar(at, timezone)
  if (part === null) return at
  const [year = 0, month = 1, ...rest] = ["year", "month", "day", "hour", "minute", "second"].map((type) =>
    Number(part(type)),
  )
  return Date.UTC(year, month - 1, ...rest) / 1000
}

/** Local midnight (epoch seconds) at which a day such as `2026-11-21` began; null when it is no date. */
export const localMidnight = (date: string, timezone: string): number | null => {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) return null
  const wanted = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 1000
  // The first guess may have the offset of the other side of a clock change; the second corrects it.
  const guess = wanted - (wallClock(wanted, timezone) - wanted)
  return guess - (wallClock(guess, timezone) - wanted)
}
