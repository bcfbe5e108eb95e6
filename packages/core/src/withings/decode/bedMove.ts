import { isWire, listIn, toTime, type Wire } from "../wire/read.ts"

/** The last move into or out of bed of a night. */
export interface BedMove {
  readonly inBed: boolean
  /** Epoch seconds. */
  readonly at: number
}

/**
 * Reads `night_events`: lists of seconds since the night began, under what happened (1 got into bed, 4 got out of it).
 * Withings documents a list; real answers are JSON in a string. null without a move out of bed. Some nights end with a
 * last "in bed" an hour before their end: a night is uploaded when it is over, so the person has left by then.
 */
export const lastBedMove = (sent: unknown, start: number, end: number): BedMove | null => {
  const events = typeof sent === "string" ? parse(sent) : sent
  if (!isWire(events)) return null
  const out = latest(events, "4", start, end)
  if (out === null) return null
  const into = latest(events, "1", start, end)
  if (into === null || into <= out) return { inBed: false, at: out }
  return into < end ? { inBed: false, at: end } : { inBed: true, at: into }
}

/** Seconds. Someone may leave the mat some time after the night that it reports. */
const afterEnd = 12 * 3600

const latest = (events: Wire, kind: string, start: number, end: number): number | null =>
  (listIn(events, kind) ?? []).reduce<number | null>((last, offset) => {
    const at = typeof offset === "number" && offset >= 0 ? toTime(start + offset, end) : null
    return at === null || at > end + afterEnd || (last !== null && last >= at) ? last : at
  }, null)

/** Characters; real ones have some hundred. */
const longestEvents = 100_000

const parse = (text: string): unknown => {
  if (text.length > longestEvents) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
