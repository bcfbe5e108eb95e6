import type { Measure } from "../measure/Measure.ts"
import type { Presence } from "../measure/Presence.ts"

const hour = 3600
const day = 24 * hour

/** "In bed" for longer than 18 h means that the mat missed the exit. */
export const inBedHolds = 18 * hour
/** A night's values are current for 36 h, until the evening of the following day. */
export const nightHolds = 36 * hour
const intradayHolds = 6 * hour
/** A device without contact for so long may have an empty battery. */
const batteryHolds = 30 * day

export interface Clock {
  /** Epoch seconds. */
  readonly now: number
  /** The person's date, "2026-11-21"; null when their timezone is not known. */
  readonly today: string | null
}

/** Whether a measure no longer says anything about today. A weight is valid until the next one. */
export const isStale = ({ source, group, at }: Measure, { now, today }: Clock): boolean => {
  switch (source) {
    case "day":
      // A day's group is its local date. Without a timezone, the day that began at `at` is over a day later.
      return today === null ? now - at >= day : group < today
    case "night":
      return now - at > nightHolds
    case "intraday":
      return now - at > intradayHolds
    default:
      return false
  }
}

/**
 * In bed: stale after 18 hours. Out of bed by a webhook: valid until the next one. Out of bed concluded from a night: no
 * webhook would report the next bedtime, so it is valid as long as the night is.
 */
export const isStalePresence = ({ inBed, source, at }: Presence, now: number): boolean => {
  if (inBed) return now - at > inBedHolds
  return source === "night" && now - at > nightHolds
}

export const isStaleBattery = (at: number, now: number): boolean => now - at > batteryHolds
