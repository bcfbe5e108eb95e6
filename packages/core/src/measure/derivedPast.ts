import { bodyMassIndex } from "./derived.ts"
import { type KindKey, measureKinds } from "./measureKinds.ts"

interface Moment {
  /** Epoch seconds. */
  readonly at: number
  readonly value: number
}

/** Input of a computed history, oldest first, with one value for each time. */
export interface BodyPast {
  /** Weights of one scale, or of all. */
  readonly weights: ReadonlyArray<Moment>
  /** Weights from every scale, to which a change is relative. */
  readonly allWeights: ReadonlyArray<Moment>
  readonly heights: ReadonlyArray<Moment>
}

type WorkOut = (past: BodyPast) => ReadonlyArray<Moment>

const day = 86_400

/** With the height known at the time of the weight, else the first one. */
const bodyMassIndices: WorkOut = ({ heights, weights }) => {
  let next = 0
  return weights.flatMap(({ at, value }) => {
    while ((heights[next + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) next++
    const height = heights[next]
    const index = height === undefined ? null : bodyMassIndex(value, height.value)
    return index === null ? [] : [{ at, value: index }]
  })
}

/** `changeOver` for every weight, in one pass. */
const changes =
  (days: number): WorkOut =>
  ({ allWeights, weights }) => {
    let next = 0
    return weights.flatMap(({ at, value }) => {
      while ((allWeights[next]?.at ?? Number.POSITIVE_INFINITY) <= at - days * day) next++
      const before = allWeights[next - 1]
      return before === undefined || at - before.at > 3 * days * day
        ? []
        : [{ at, value: value - before.value }]
    })
  }

const workedOut: ReadonlyMap<string, readonly [KindKey, WorkOut]> = new Map(
  (
    [
      ["bmi", bodyMassIndices],
      ["weight-change-7-days", changes(7)],
      ["weight-change-30-days", changes(30)],
    ] as const
  ).map((row) => [row[0], row]),
)

/** Seconds before a stretch from which weights are needed for the changes in it. */
export const derivedReach = 3 * 30 * day

/** Computes the history of a derived kind, oldest first; null for kinds without one and for kinds that Withings sends. */
export const derivedPast = (kind: string): WorkOut | null => {
  const row = workedOut.get(kind)
  if (row === undefined) return null
  const [key, workOut] = row
  const { decimals } = measureKinds[key]
  return (past) => workOut(past).map(({ at, value }) => ({ at, value: Number(value.toFixed(decimals)) }))
}
