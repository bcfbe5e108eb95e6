import type { PersonId } from "../measure/Person.ts"
import { feeds } from "../withings/client/Feed.ts"
import type { SyncProgress } from "./SyncStatus.ts"

/** Progress of a person's first history. */
export interface PersonHistory {
  /** Measures read so far. */
  readonly done: number
  /** Estimate; null until every feed has one, lest it jumps. */
  readonly total: number | null
  readonly isComplete: boolean
}

/** The feeds of a person together. */
export const personHistory = (progress: ReadonlyArray<SyncProgress>, personId: PersonId): PersonHistory => {
  const own = progress.filter((each) => each.personId === personId)
  const totals = own.map(({ done, total }) => (total === null ? null : Math.max(total, done)))
  const isEstimated = own.length === feeds.length && totals.every((total) => total !== null)
  return {
    done: own.reduce((sum, { done }) => sum + done, 0),
    total: isEstimated ? totals.reduce<number>((sum, total) => sum + (total ?? 0), 0) : null,
    isComplete: own.length === feeds.length && own.every(({ finishedAt }) => finishedAt !== null),
  }
}
