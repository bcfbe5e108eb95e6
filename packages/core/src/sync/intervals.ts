import type { AnyFeed } from "../withings/client/Feed.ts"
import type { Task } from "./Agenda.ts"

export const minute = 60
export const hour = 60 * minute
export const day = 24 * hour

export interface Pace {
  /** Configured seconds between two polls. */
  readonly pollEvery: number
  /** In the bridge's timezone. */
  readonly hourOfDay: number
  /** 1 or a little more: keeps persons and processes apart. */
  readonly jitter: number
  /** Feeds whose webhooks arrive. */
  readonly announced: ReadonlyArray<AnyFeed>
}

/** For feeds announced by webhooks, in case one is lost. */
const safetyPoll = 12 * hour

/** Seconds between two readings of a task. */
export const every = (task: Task, { announced, hourOfDay, pollEvery }: Pace): number => {
  // A request returns a whole day of minutes, so webhooks do not trigger it. Values count for six hours.
  if (task === "intraday") return announced.includes(task) ? 4 * hour : hour
  if (announced.some((feed) => feed === task)) return safetyPoll
  switch (task) {
    case "devices":
      // A new device is looked for with its first measure, so only batteries wait.
      return announced.length > 0 ? safetyPoll : hour
    case "getmeas":
      return pollEvery
    case "night":
      return (isMorning(hourOfDay) ? 2 : 6) * pollEvery
    case "day":
      return 4 * pollEvery
    case "workout":
      return 6 * pollEvery
    case "night-curve":
      return 3 * hour
    // The verdict of an electrocardiogram also comes with the measures.
    case "heart":
      return 6 * hour
    default:
      return day
  }
}

const isMorning = (hourOfDay: number): boolean => hourOfDay >= 5 && hourOfDay < 11

/** Seconds. A webhook comes within about two minutes; one that failed is repeated within ten. */
export const webhooksTake = 15 * minute
