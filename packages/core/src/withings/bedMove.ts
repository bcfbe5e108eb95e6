import { isWire, listIn, type Wire } from "./wire/read.ts"

/** When someone last got into or out of bed in a night. */
export interface BedMove {
  readonly inBed: boolean
  /** Epoch seconds. */
  readonly at: number
}

/**
 * Reads `night_events`: lists of seconds since the night began, under what happened (1 got into bed, 4 got out of it).
 * The document calls it a list, real answers are JSON in a text. null when nobody was seen to get out: the night's end
 * is then all there is to go by.
 */
export const lastBedMove = (sent: unknown, start: number): BedMove | null => {
  const events = typeof sent === "string" ? parse(sent) : sent
  if (!isWire(events)) return null
  const out = latest(events, "4")
  if (out === null) return null
  const into = latest(events, "1")
  return into !== null && into > out ? { inBed: true, at: start + into } : { inBed: false, at: start + out }
}

const latest = (events: Wire, kind: string): number | null => {
  const times = (listIn(events, kind) ?? []).filter((time) => typeof time === "number" && time >= 0)
  return times.length === 0 ? null : Math.max(...times.map(Number))
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
