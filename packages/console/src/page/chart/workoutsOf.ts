import type { Layer } from "./drawing.ts"

/** A workout, in epoch seconds, with its figures by the key of their feature. */
export interface Workout {
  readonly from: number
  readonly to: number
  readonly category: number
  readonly figures: ReadonlyMap<string, number>
}

/** Workouts, the oldest first, from layers whose points are dated at the end of a workout. */
export const workoutsOf = (layers: ReadonlyArray<Layer>): ReadonlyArray<Workout> => {
  const [kinds, ...rest] = layers
  const columns = rest.map(({ feature, points }) => ({ key: feature.key, at: new Map(points) }))
  return (kinds?.points ?? []).map(([to, category]) => {
    const figures = new Map(
      columns.flatMap(({ at, key }): ReadonlyArray<readonly [string, number]> => {
        const value = at.get(to)
        return value === undefined ? [] : [[key, value]]
      }),
    )
    return { from: to - (figures.get("workout-duration") ?? 0), to, category, figures }
  })
}

/** Categories by frequency; those beyond so many rows share the last row (null). */
export const rowsOfWorkouts = (
  workouts: ReadonlyArray<Workout>,
  atMost: number,
): ReadonlyArray<number | null> => {
  const counts = [...Map.groupBy(workouts, ({ category }) => category)]
    .map(([category, own]) => ({ category, count: own.length }))
    .toSorted((a, b) => b.count - a.count || a.category - b.category)
    .map(({ category }) => category)
  return counts.length <= atMost ? counts : [...counts.slice(0, atMost - 1), null]
}

/** The time of a workout with so many seconds on both sides. */
export const around = ({ from, to }: Workout, seconds: number): readonly [number, number] => [
  from - seconds,
  to + seconds,
]
