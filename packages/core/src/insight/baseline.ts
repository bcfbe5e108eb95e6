import type { PastValue } from "../rule/Rule.ts"

const day = 86_400
const reach = 60 * day
const leastSpan = 30 * day
const leastValues = 20
/**
 * Median absolute deviations beyond which a value is unusual: a choice of this bridge. Of normally distributed values
 * 1.2 % are beyond.
 */
const limit = 2.5
/** Makes the median absolute deviation of normally distributed values their standard deviation. */
const normal = 1.4826

/** A person's own usual range of a value. */
export interface Baseline {
  readonly median: number
  /** The scaled median absolute deviation, in the unit of the values. */
  readonly deviation: number
}

const medianOf = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1 + (sorted.length % 2)], sorted[middle]]
  return (low + high) / 2
}

/**
 * Median and scaled median absolute deviation, which a few odd nights do not move. The method and the factor 1.4826 are
 * those of C. Leys et al., "Detecting outliers: Do not use standard deviation around the mean, use absolute deviation
 * around the median", Journal of Experimental Social Psychology 49 (2013), 764–766, doi:10.1016/j.jesp.2013.03.013.
 * The worked example of the test is that of https://statistics.kvasaheim.com/samplestatistics/mad.php.
 */
export const spreadOf = (values: ReadonlyArray<number>): Baseline => {
  const median = medianOf(values)
  return { median, deviation: normal * medianOf(values.map((value) => Math.abs(value - median))) }
}

/** Of at least 20 values over 30 to 60 days before `at` (epoch seconds), which is left out; null when there are fewer. */
export const baselineBefore = (at: number, past: ReadonlyArray<PastValue>): Baseline | null => {
  const before = past.filter((value) => value.at < at && value.at >= at - reach)
  const first = Math.min(...before.map((value) => value.at))
  if (before.length < leastValues || at - first < leastSpan) return null
  return spreadOf(before.map(({ value }) => value))
}

/** 1: higher than usual, 2: lower, 0: as usual. Says nothing about health; null for a value that never varied. */
export const unusual = (value: number, { deviation, median }: Baseline): 0 | 1 | 2 | null => {
  if (deviation === 0) return null
  if (Math.abs(value - median) <= limit * deviation) return 0
  return value > median ? 1 : 2
}
