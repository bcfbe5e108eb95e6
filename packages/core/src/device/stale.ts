import type { Measure } from "../measure/Measure.ts"
import type { Presence } from "../measure/Presence.ts"

const hour = 3600
const day = 24 * hour

/** After 18 h "in bed" means that the mat missed the exit event. */
export const inBedHolds = 18 * hour
/** A night's values are current for 36 h, until the evening of the following day. */
export const nightHolds = 36 * hour
const intradayHolds = 6 * hour
/** A device that did not call in for so long may have lost its battery altogether. */
const batteryHolds = 30 * day

export interface Clock {
  /** Epoch seconds. */
  readonly now: number
  /** The person's date, "2026-11-21"; null when their timezone is not known. */
  readonly today: string | null
}

/** Whether a measure says nothing any more about today. A weight stands until the next one, however old. */
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
 * In bed: stale after 18 hours. Out of bed, told by the mat itself: holds until it says otherwise. Out of bed,
 * concluded from a night: nobody would tell of the next bedtime, so it holds as long as the night does.
 */
export const isStalePresence = ({ inBed, source, at }: Presence, now: number): boolean => {
  if (inBed) return now - at > inBedHolds
  return source === "night" && now - at > nightHolds
}

export const isStaleBattery = (at: number, now: number): boolean => now - at > batteryHolds
