import type { BedUnknown } from "../rule/BedChoices.ts"
import type { Feature } from "./Feature.ts"
import type { Reading } from "./Reading.ts"
import { inBedHolds, nightHolds } from "./stale.ts"

const day = 86_400

/** The reading that homes show. */
export const shownReading = ({ reading, shown }: Pick<Feature, "reading" | "shown">): Reading | null =>
  shown === undefined ? reading : shown

/**
 * The reading of a bed that homes show. While nothing is known it follows the setting, as a stale reading; null: each
 * home shows it as unknown in its way. An empty bed stays empty until someone lies down, unless the setting is
 * `occupied`.
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

/** The start of the day, so that the reading does not change every time. */
const dayOf = (now: number): number => now - (now % day)
