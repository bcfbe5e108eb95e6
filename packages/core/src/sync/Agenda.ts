import { type Option, Schema } from "effect"
import { allFeeds, feeds, isRecent, type AnyFeed, type Feed } from "../withings/client/Feed.ts"
import { day, every, hour, minute, type Pace } from "./intervals.ts"

/** Something that is read from Withings regularly. */
export type Task = "devices" | "goals" | AnyFeed | `reread ${Feed}`

/** When each task was done last, epoch seconds. */
export interface Agenda {
  /** A missing task was never done, and is due. */
  readonly done: Readonly<Partial<Record<Task, number>>>
  /** Feeds that Withings refuses for this person. */
  readonly refused: Readonly<Partial<Record<AnyFeed, Refusal>>>
}

export interface Refusal {
  /** The last time it was refused. */
  readonly at: number
  /** Refusals in a row. */
  readonly times: number
}

/** Everything is due but rereading: the four rereads follow one by one, an hour apart. */
export const firstAgenda = (now: number): Agenda => ({
  done: Object.fromEntries(feeds.map((feed, nth) => [`reread ${feed}`, now - day + (nth + 1) * hour])),
  refused: {},
})

const Stored = Schema.parseJson(
  Schema.Struct({
    done: Schema.Record({ key: Schema.String, value: Schema.Number }),
    refused: Schema.Record({
      key: Schema.String,
      value: Schema.Struct({ at: Schema.Number, times: Schema.Number }),
    }),
  }),
)

/** The agenda that an earlier turn kept; none where that cannot be read. */
export const readAgenda: (json: string | null) => Option.Option<Agenda> = Schema.decodeUnknownOption(Stored)

/** A time further ahead than this was noted before the clock was set back; corrections of a clock are smaller. */
const slack = minute

/** Due after the interval, or now if the clock was set back since. */
const after = (at: number, interval: number, now: number): number => (at > now + slack ? now : at + interval)

export const dueAt = (task: Task, { done }: Agenda, now: number, pace: Pace): number => {
  const last = done[task]
  return last === undefined ? now : after(last, pace.jitter * every(task, pace), now)
}

/** When a refused feed is tried again; null: it may be read now. */
export const refusedUntil = (feed: AnyFeed, { refused }: Agenda, now: number): number | null => {
  const refusal = refused[feed]
  if (refusal === undefined) return null
  const until = after(refusal.at, patience(feed, refusal.times), now)
  return until > now ? until : null
}

/**
 * Seconds until a refused feed is tried again: soon at first, since a refusal may pass. Few people have devices for the
 * recent lists, so their second refusal holds for a day.
 */
const patience = (feed: AnyFeed, times: number): number =>
  isRecent(feed) && times > 1 ? day : Math.min(hour, minute * 2 ** Math.min(times - 1, 6))

/** After a task was done: its interval starts now, and it is no longer refused. */
export const afterDone = ({ done, refused }: Agenda, task: Task, now: number): Agenda => ({
  done: { ...done, [task]: now },
  refused: Object.fromEntries(Object.entries(refused).filter(([feed]) => feed !== feedOf(task))),
})

/** After a task was refused, which also starts its interval. */
export const afterRefused = ({ done, refused }: Agenda, task: Task, now: number): Agenda => {
  const feed = feedOf(task)
  const next = { done: { ...done, [task]: now }, refused }
  if (feed === null) return next
  return { ...next, refused: { ...refused, [feed]: { at: now, times: (refused[feed]?.times ?? 0) + 1 } } }
}

/** The feed that a task reads; null for devices and goals. */
const feedOf = (task: Task): AnyFeed | null =>
  allFeeds.find((feed) => task === feed || task === `reread ${feed}`) ?? null
