/** A value and when it was taken, epoch seconds. */
export interface Point {
  readonly at: number
  readonly value: number
}

/** At most so many points, ordered by time: the first, the last, and the lowest and highest of every slice of time. */
export const reducePoints = (points: ReadonlyArray<Point>, atMost: number): ReadonlyArray<Point> => {
  const first = points[0]
  const last = points.at(-1)
  if (points.length <= atMost || first === undefined || last === undefined) return points
  if (atMost < 4) return points.slice(-Math.max(0, atMost))
  const slices = Math.floor((atMost - 2) / 2)
  const width = (last.at - first.at) / slices || 1
  // The last second belongs to the last slice; it would otherwise be one slice too many.
  const sliceOf = ({ at }: Point) => Math.min(slices - 1, Math.floor((at - first.at) / width))
  const reduced: Array<Point> = [first]
  let from = 1
  while (from < points.length - 1) {
    const start = points[from]
    if (start === undefined) break
    const slice = sliceOf(start)
    let lowest = start
    let highest = start
    let next = from
    for (; next < points.length - 1; next++) {
      const point = points[next]
      if (point === undefined || sliceOf(point) !== slice) break
      if (point.value < lowest.value) lowest = point
      if (point.value > highest.value) highest = point
    }
    if (lowest === highest) reduced.push(lowest)
    else reduced.push(...(lowest.at <= highest.at ? [lowest, highest] : [highest, lowest]))
    from = next
  }
  reduced.push(last)
  return reduced
}
