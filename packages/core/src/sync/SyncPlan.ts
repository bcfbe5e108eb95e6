import type { Cursor, SyncRequest } from "../store/SyncCursor.ts"
import { feeds, type Feed, type Span } from "../withings/WithingsApi.ts"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** What happens for a person next. Times are epoch seconds. */
export type Step =
  | { readonly _tag: "Devices" }
  | { readonly _tag: "Goals" }
  | { readonly _tag: "History"; readonly feed: Feed; readonly from: number; readonly to: number }
  | { readonly _tag: "Delta"; readonly feed: Feed; readonly span: Span }
  /** Reads again all there is in a window: what is not listed any more was deleted. */
  | { readonly _tag: "Reread"; readonly feed: Feed; readonly from: number; readonly to: number }
  /** A delta that someone asked for; where a window is given with it, that is read again as well. */
  | { readonly _tag: "Answer"; readonly request: SyncRequest; readonly span: Span }
  | { readonly _tag: "Wait"; readonly until: number }

/** When each thing is due. Kept by whoever leads the sync; a new leader starts with all but rereading due at once. */
export interface Agenda {
  readonly devices: number
  readonly goals: number
  readonly delta: Readonly<Record<Feed, number>>
  readonly reread: Readonly<Record<Feed, number>>
  /** Feeds that Withings does not give for this person, with the time to ask for them again. */
  readonly refused: Readonly<Partial<Record<Feed, number>>>
}

const forEach = (at: number): Readonly<Record<Feed, number>> => ({
  getmeas: at,
  night: at,
  day: at,
  workout: at,
})

export const firstAgenda = (now: number): Agenda => ({
  devices: now,
  goals: now,
  delta: forEach(now),
  reread: forEach(now + hour),
  refused: {},
})

export interface Circumstances {
  readonly now: number
  readonly cursors: ReadonlyArray<Cursor>
  readonly requests: ReadonlyArray<SyncRequest>
  readonly agenda: Agenda
}

/** Requests come first, since someone waits for them; then what shows today's values; then the past. */
export const nextStep = ({ agenda, cursors, now, requests }: Circumstances): Step => {
  const open = feeds.filter((feed) => (agenda.refused[feed] ?? 0) <= now)
  const started = cursors.filter((cursor) => open.includes(cursor.feed) && cursor.historyBefore !== null)
  for (const request of requests) {
    const cursor = started.find((cursor) => cursor.feed === request.feed)
    if (cursor !== undefined) return { _tag: "Answer", request, span: changedSince(cursor) }
  }
  if (agenda.devices <= now) return { _tag: "Devices" }
  for (const feed of open) {
    if (!started.some((cursor) => cursor.feed === feed)) return history(feed, undefined, now)
  }
  if (agenda.goals <= now) return { _tag: "Goals" }
  for (const cursor of started) {
    if (agenda.delta[cursor.feed] <= now)
      return { _tag: "Delta", feed: cursor.feed, span: changedSince(cursor) }
  }
  const behind = started
    .filter((cursor) => cursor.historyFinished === null)
    .toSorted((one, other) => (other.historyBefore ?? now) - (one.historyBefore ?? now))[0]
  if (behind !== undefined) return history(behind.feed, behind, now)
  for (const feed of open) {
    if (agenda.reread[feed] <= now) return { _tag: "Reread", feed, from: now - 30 * day, to: now + day }
  }
  return {
    _tag: "Wait",
    until: Math.min(
      agenda.devices,
      agenda.goals,
      ...open.flatMap((feed) => [agenda.delta[feed], agenda.reread[feed]]),
      ...Object.values(agenda.refused).filter((until) => until > now),
    ),
  }
}

/** What was just done, or refused, is due again later; `jitter` about 1 keeps processes and persons apart. */
export const afterStep = (
  agenda: Agenda,
  step: Step,
  { hourOfDay, jitter, now, pollEvery, webhooks }: Pace,
): Agenda => {
  const delta = (feed: Feed): Agenda => ({
    ...agenda,
    delta: { ...agenda.delta, [feed]: now + jitter * deltaEvery(feed, pollEvery, webhooks, hourOfDay) },
  })
  switch (step._tag) {
    case "Devices":
      return { ...agenda, devices: now + jitter * hour }
    case "Goals":
      return { ...agenda, goals: now + jitter * day }
    case "Delta":
      return delta(step.feed)
    // The first window was read up to now.
    case "History":
      return step.to > now ? delta(step.feed) : agenda
    case "Answer":
      return delta(step.request.feed)
    case "Reread":
      return { ...agenda, reread: { ...agenda.reread, [step.feed]: now + jitter * day } }
    default:
      return agenda
  }
}

export const afterRefusal = (agenda: Agenda, step: Step, pace: Pace): Agenda => {
  const feed = step._tag === "Answer" ? step.request.feed : "feed" in step ? step.feed : null
  const next = afterStep(agenda, step, pace)
  return feed === null ? next : { ...next, refused: { ...next.refused, [feed]: pace.now + hour } }
}

export interface Pace {
  readonly now: number
  readonly jitter: number
  /** Of the day, where the bridge stands. */
  readonly hourOfDay: number
  /** Seconds. */
  readonly pollEvery: number
  readonly webhooks: boolean
}

/** Withings' clock stamps `modified`, and records of one second may come apart. */
const overlap = 10 * minute

const changedSince = (cursor: Cursor): Span => ({
  _tag: "ChangedSince",
  modified: Math.max(1, cursor.newestModified - overlap),
})

/** Withings sold its first scale in 2009; before that lies only what people typed in. */
const beginning = Date.UTC(2009, 5, 1) / 1000

/** A window is read again as a whole after a crash, and each costs at least one of 120 requests a minute. */
const measuresInWindow = 30_000

/**
 * The first window brings what a home shows today. The next ones are as wide as they hold about as many measures as
 * are good at once, if the past is as dense as the present. From 1, since 0 reads as "none".
 */
const history = (feed: Feed, cursor: Cursor | undefined, now: number): Step => {
  if (cursor?.historyBefore === undefined || cursor.historyBefore === null) {
    return { _tag: "History", feed, from: now - 30 * day, to: now + day }
  }
  const to = cursor.historyBefore
  const covered = cursor.historyStarted - to
  const width = (covered * measuresInWindow) / Math.max(1, cursor.historyDone)
  const from = Math.floor(to - Math.max(30 * day, width))
  return { _tag: "History", feed, from: from < beginning ? 1 : from, to }
}

/** The first history is complete once it was read back to the beginning of time. */
export const isLast = (step: { readonly from: number }): boolean => step.from <= 1

/**
 * How many measures the first history will have, taking them to lie as dense in the rest as in what was read since.
 * `firstSession`: when the person's first device was first used, null when that is not known.
 */
export const estimateTotal = (
  done: number,
  readBackTo: number,
  started: number,
  firstSession: number | null,
): number | null => {
  if (firstSession === null || readBackTo >= started) return null
  if (readBackTo <= firstSession) return done
  return Math.round((done * (started - firstSession)) / (started - readBackTo))
}

/** Seconds from one delta to the next, in parts of the configured time: how soon each feed has something new. */
const deltaEvery = (feed: Feed, pollEvery: number, webhooks: boolean, hourOfDay: number): number => {
  // What a webhook announces is polled only for the case that one was lost.
  if (webhooks) return 3 * pollEvery
  const morning = hourOfDay >= 5 && hourOfDay < 11
  switch (feed) {
    case "getmeas":
      return pollEvery
    case "night":
      return morning ? pollEvery : 6 * pollEvery
    case "day":
      return 2 * pollEvery
    case "workout":
      return 3 * pollEvery
  }
}

/** Seconds until the next try after so many failures in a row. */
export const backoff = (failures: number): number => Math.min(15 * minute, 5 * 2 ** Math.min(failures, 10))
