/** The usual scale of an electrocardiogram: 25 mm/s and 10 mm/mV. */
export const millimetresPerSecond = 25
const millimetresPerMillivolt = 10

export interface Strip {
  /** Seconds after the beginning of the recording. */
  readonly from: number
  /** Millimetres from the left and above the baseline. */
  readonly points: ReadonlyArray<readonly [x: number, y: number]>
}

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Cuts a recording into strips of so many seconds. The baseline is the median, because the heart rests most of the time. */
export const stripsOf = (
  microvolts: ReadonlyArray<number>,
  samplingFrequency: number,
  seconds: number,
): ReadonlyArray<Strip> => {
  const baseline = median(microvolts)
  const samples = Math.max(1, Math.round(seconds * samplingFrequency))
  const count = Math.ceil(microvolts.length / samples)
  return Array.from({ length: count }, (_, strip) => ({
    from: (strip * samples) / samplingFrequency,
    points: microvolts
      .slice(strip * samples, (strip + 1) * samples)
      .map((value, index) => [
        (index / samplingFrequency) * millimetresPerSecond,
        ((value - baseline) / 1000) * millimetresPerMillivolt,
      ]),
  }))
}

/** The height of every strip above and below the baseline, in whole big squares (5 mm). */
export const heightOf = (strips: ReadonlyArray<Strip>): readonly [above: number, below: number] => {
  const squares = (millimetres: number) => Math.max(10, Math.ceil((millimetres + 1) / 5) * 5)
  let [high, low] = [0, 0]
  for (const { points } of strips)
    for (const [, y] of points) {
      high = Math.max(high, y)
      low = Math.min(low, y)
    }
  return [squares(high), squares(-low)]
}
