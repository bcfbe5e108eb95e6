import { localDay } from "../measure/localDay.ts"

/** A local calendar month: begins ≤ at < ends, epoch seconds. */
export interface LocalMonth {
  readonly begins: number
  readonly ends: number
}

/** Timezones are within 12 hours behind and 14 hours ahead of UTC. */
const furthest = 15 * 3600

/** The start of a local date, by bisection. An unknown timezone counts as UTC. */
const beginningOf = (date: string, timezone: string): number => {
  const midnight = Date.parse(`${date}T00:00:00Z`) / 1000
  if (localDay(midnight, timezone) === null) return midnight
  let before = midnight - furthest
  let within = midnight + furthest
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if ((localDay(middle, timezone) ?? "") >= date) within = middle
    else before = middle
  }
  return within
}

const dateOf = (at: number, timezone: string): string =>
  localDay(at, timezone) ?? new Date(at * 1000).toISOString().slice(0, 10)

/** The number of {@link localMonths}, cheaply. */
export const countMonths = (from: number, until: number, timezone: string): number => {
  const [first, last] = [from, until].map((at) => dateOf(at, timezone).split("-").map(Number))
  return ((last?.[0] ?? 0) - (first?.[0] ?? 0)) * 12 + (last?.[1] ?? 0) - (first?.[1] ?? 0)
}

/** The months from that of `from` on that ended by `until`, oldest first. */
export const localMonths = (from: number, until: number, timezone: string): ReadonlyArray<LocalMonth> => {
  const [year = 0, month = 1] = dateOf(from, timezone).split("-").map(Number)
  const beginningAfter = (months: number) =>
    beginningOf(new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10), timezone)
  const months: Array<LocalMonth> = []
  let begins = beginningAfter(0)
  for (let next = 1; begins < until; next++) {
    const ends = beginningAfter(next)
    if (ends > until) break
    months.push({ begins, ends })
    begins = ends
  }
  return months
}
