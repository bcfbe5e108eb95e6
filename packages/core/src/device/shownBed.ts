import type { BedUnknown } from "../rule/BedChoices.ts"
import type { Feature } from "./Feature.ts"
import type { Reading } from "./Reading.ts"
import { inBedHolds, nightHolds } from "./stale.ts"

const day = 86_400

/** What homes show of a feature now. */
export const shownReading = ({ reading, shown }: Pick<Feature, "reading" | "shown">): Reading | null =>
  shown === undefined ? reading : shown

/**
 * What homes show of a bed. While nothing is known of it, that is as the household chose: a stale reading, so that homes
 * that can say so show it as doubtful. null: it is shown as unknown, each home in its own way. An empty bed stays empty
 * for as long as nobody lies down, so that only `occupied` makes more of it than it last was.
 */
export const shownBed = (reading: Reading | null, unknown: BedUnknown, now: number): Reading | null => {
  if (reading !== null && !reading.stale) return reading
  if (reading === null) return unknown === "unknown" || unknown === "last" ? null : since(unknown, dayOf(now))
  if (unknown === "last") return reading
  const expired = Math.min(now, reading.at + (reading.value === 1 ? inBedHolds : nightHolds))
  if (unknown === "unknown") return reading.value === 1 ? null : reading
  return since(unknown, expired)
}

const since = (unknown: "clear" | "occupied", at: number): Reading => ({
  value: unknown === "occupied" ? 1 : 0,
  at,
  stale: true,
})

/** A bed never heard of has no time; the day's begin, so that not every look is a change. */
const dayOf = (now: number): number => now - (now % day)
