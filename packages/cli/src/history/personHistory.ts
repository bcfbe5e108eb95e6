import type { SyncProgress } from "@withings-bridge/core"
import type { Progress } from "../terminal/progressBar.ts"

/** Every list that a first history consists of; a new one in the core is an error here until it is named. */
const lists: Readonly<Record<SyncProgress["feed"], true>> = {
  getmeas: true,
  night: true,
  day: true,
  workout: true,
}
export const feedsOfHistory = Object.keys(lists) as ReadonlyArray<SyncProgress["feed"]>
const listCount = feedsOfHistory.length

export interface PersonHistory extends Omit<Progress, "already" | "elapsed"> {
  readonly isComplete: boolean
}

/** All lists of one person together. The total is told once every list has an estimate, else it would jump about. */
export const personHistory = (progress: ReadonlyArray<SyncProgress>, personId: string): PersonHistory => {
  const own = progress.filter((each) => each.personId === personId)
  const totals = own.map(({ done, total }) => (total === null ? null : Math.max(total, done)))
  const isEstimated = own.length === listCount && totals.every((total) => total !== null)
  return {
    done: own.reduce((sum, { done }) => sum + done, 0),
    total: isEstimated ? totals.reduce<number>((sum, total) => sum + (total ?? 0), 0) : null,
    isComplete: own.length === listCount && own.every(({ finishedAt }) => finishedAt !== null),
  }
}
