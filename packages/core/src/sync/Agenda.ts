import { isRecent, type AnyFeed, type Feed } from "../withings/client/Feed.ts"
import { day, every, hour, minute, type Pace } from "./intervals.ts"

/** Something that is read from Withings now and then. */
export type Task = "devices" | "goals" | AnyFeed | `reread ${Feed}`

/** What was done when, epoch seconds. Kept by whoever leads a person's sync. */
export interface Agenda {
  /** What is missing was not done yet, and is due. */
  readonly done: Readonly<Partial<Record<Task, number>>>
  /** Feeds that Withings does not give for this person now. */
  readonly refused: Readonly<Partial<Record<AnyFeed, Refusal>>>
}

export interface Refusal {
  /** When it was refused last. */
  readonly at: number
  /** How often in a row. */
  readonly times: number
}

/** For a new leader: all is due but rereading, which comes once an hour, lest it comes together with the rest. */
export const firstAgenda = (now: number): Agenda => ({
  done: {
    "reread getmeas": now - day + hour,
    "reread night": now - day + 2 * hour,
    "reread day": now - day + 3 * hour,
    "reread workout": now - day + 4 * hour,
  },
  refused: {},
})

/** Corrections of a clock are smaller than this; a time further ahead was noted before the clock was set back. */
const slack = minute

/** When something is due: after its interval, or now if the clock was set back since it was done. */
const after = (at: number, interval: number, now: number): number => (at > now + slack ? now : at + interval)

export const dueAt = (task: Task, { done }: Agenda, now: number, pace: Pace): number => {
  const last = done[task]
  return last === undefined ? now : after(last, pace.jitter * every(task, pace), now)
}

/** Until when a refused feed is left alone; null: it is not refused. */
export const refusedUntil = (feed: AnyFeed, { refused }: Agenda, now: number): number | null => {
  const refusal = refused[feed]
  if (refusal === undefined) return null
  const until = after(refusal.at, patience(feed, refusal.times), now)
  return until > now ? until : null
}

/**
 * Seconds until a refused feed is asked for again. A refusal may pass, so the first time is soon; few have what the
 * recent lists tell of, so that a second refusal holds for a day.
 */
const patience = (feed: AnyFeed, times: number): number =>
  isRecent(feed) && times > 1 ? day : Math.min(hour, minute * 2 ** Math.min(times - 1, 6))

/** Something was read: its next time counts from now, and it is not refused any more. */
export const afterDone = ({ done, refused }: Agenda, task: Task, now: number): Agenda => ({
  done: { ...done, [task]: now },
  refused: Object.fromEntries(Object.entries(refused).filter(([feed]) => feed !== feedOf(task))),
})

/** Withings refused it, which counts as a reading too. */
export const afterRefused = ({ done, refused }: Agenda, task: Task, now: number): Agenda => {
  const feed = feedOf(task)
  const next = { done: { ...done, [task]: now }, refused }
  if (feed === null) return next
  return { ...next, refused: { ...refused, [feed]: { at: now, times: (refused[feed]?.times ?? 0) + 1 } } }
}

/** The feed that a task reads; null for what is none. */
const feedOf = (task: Task): AnyFeed | null => {
  switch (task) {
    case "devices":
    case "goals":
      return null
    case "reread getmeas":
      return "getmeas"
    case "reread night":
      return "night"
    case "reread day":
      return "day"
    case "reread workout":
      return "workout"
    default:
      return task
  }
}
