import type { AnyFeed } from "../withings/client/Feed.ts"
import type { Task } from "./Agenda.ts"

export const minute = 60
export const hour = 60 * minute
export const day = 24 * hour

/** What decides how often a person's data is read. */
export interface Pace {
  /** The configured time between two polls, seconds. */
  readonly pollEvery: number
  /** Of the day, where the bridge stands. */
  readonly hourOfDay: number
  /** A little more than 1: keeps persons and processes apart. */
  readonly jitter: number
  /** Feeds whose changes Withings announces by webhooks that do arrive. */
  readonly announced: ReadonlyArray<AnyFeed>
}

/** What a webhook announces is polled only for the case that one was lost. */
const safetyPoll = 12 * hour

/** Seconds from one reading to the next: how soon each has something new. */
export const every = (task: Task, { announced, hourOfDay, pollEvery }: Pace): number => {
  // Each upload of a watch would ask for a whole day of minutes. A value of them holds for six hours.
  if (task === "intraday") return announced.includes(task) ? 4 * hour : hour
  if (announced.some((feed) => feed === task)) return safetyPoll
  switch (task) {
    case "devices":
      // A new one is asked for as soon as it tells something, so that only the batteries wait.
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
    // The verdict of an electrocardiogram comes with the measures as well, so that its list can wait.
    case "heart":
      return 6 * hour
    default:
      return day
  }
}

const isMorning = (hourOfDay: number): boolean => hourOfDay >= 5 && hourOfDay < 11

/** A webhook comes within about two minutes; one that failed is sent again within ten. Seconds. */
export const webhooksTake = 15 * minute
