import { bodyMassIndex } from "./derived.ts"
import { type KindKey, measureKinds } from "./measureKinds.ts"

interface Moment {
  /** Epoch seconds. */
  readonly at: number
  readonly value: number
}

/** What a past is worked out from, each oldest first and with one moment a time. */
export interface BodyPast {
  /** Weights of the feature itself: of one scale, or of all. */
  readonly weights: ReadonlyArray<Moment>
  /** Weights of the person from every scale: what a change is measured against. */
  readonly allWeights: ReadonlyArray<Moment>
  readonly heights: ReadonlyArray<Moment>
}

type WorkOut = (past: BodyPast) => ReadonlyArray<Moment>

const day = 86_400

/** A weight goes with the height known at its time; one older than every height goes with the first. */
const bodyMassIndices: WorkOut = ({ heights, weights }) => {
  let next = 0
  return weights.flatMap(({ at, value }) => {
    while ((heights[next + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) next++
    const height = heights[next]
    const index = height === undefined ? null : bodyMassIndex(value, height.value)
    return index === null ? [] : [{ at, value: index }]
  })
}

/** The same rule as `changeOver`, for every weight in one pass. */
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

/** How far before a stretch weights have to be read for the changes in it, seconds. */
export const derivedReach = 3 * 30 * day

/** How the past of a derived kind is worked out, oldest first; null for kinds that Withings sends or that have no past. */
export const derivedPast = (kind: string): WorkOut | null => {
  const row = workedOut.get(kind)
  if (row === undefined) return null
  const [key, workOut] = row
  const { decimals } = measureKinds[key]
  return (past) => workOut(past).map(({ at, value }) => ({ at, value: Number(value.toFixed(decimals)) }))
}
