const day = 86_400
const leastPairs = 5

/** A night in bed, epoch seconds. */
export interface InBed {
  readonly from: number
  readonly to: number
}

/**
 * Sleep Regularity Index: −100 + 200 × the chance to be in the same state (in bed or not) at two moments 24 hours apart,
 * over consecutive nights. 100: the same hours every night. Source: A. J. K. Phillips et al., Scientific Reports 7
 * (2017), 3216, doi:10.1038/s41598-017-03171-4: −100 + 200 / (M (N − 1)) × the sum of δ over M epochs of N days. Here of
 * time in bed, where the source has sleep itself. null with fewer than 5 pairs of nights.
 */
export const sleepRegularity = (nights: ReadonlyArray<InBed>): number | null => {
  const sorted = nights.toSorted((a, b) => a.to - b.to)
  const pairs = sorted.flatMap((night, index) => {
    const next = sorted[index + 1]
    return next !== undefined && areConsecutive(night, next) ? [regularityOf(night, next)] : []
  })
  return pairs.length < leastPairs ? null : pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}

const middle = ({ from, to }: InBed): number => (from + to) / 2

const areConsecutive = (one: InBed, other: InBed): boolean =>
  Math.abs(middle(other) - middle(one) - day) < day / 2

const regularityOf = (one: InBed, other: InBed): number => {
  const shared = Math.max(0, Math.min(one.to + day, other.to) - Math.max(one.from + day, other.from))
  const different = one.to - one.from + (other.to - other.from) - 2 * shared
  return -100 + 200 * (1 - Math.min(different, day) / day)
}
