import type { Cursor, SyncRequest } from "../store/SyncCursor.ts"
import {
  feeds,
  isRecent,
  type AnyFeed,
  type Feed,
  type RecentFeed,
  type Span,
} from "../withings/WithingsApi.ts"
import { recentEvery, recentFeedsOf, recentWindow } from "./recentPlan.ts"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** What happens for a person next. Times are epoch seconds. */
export type Step =
  | { readonly _tag: "Devices" }
  | { readonly _tag: "Goals" }
  /** `today`: the first window of a feed, which brings what a home shows today. */
  | {
      readonly _tag: "History"
      readonly feed: Feed
      readonly from: number
      readonly to: number
      readonly today: boolean
    }
  | { readonly _tag: "Delta"; readonly feed: Feed; readonly span: Span }
  /** Reads again all there is in a window: what is not listed any more was deleted. */
  | { readonly _tag: "Reread"; readonly feed: Feed; readonly from: number; readonly to: number }
  /** A delta that someone asked for; where a window is given with it, that is read again as well. */
  | { readonly _tag: "Answer"; readonly request: SyncRequest<Feed>; readonly span: Span }
  /** The last days of a list that has no `modified`; `request` when someone asked for it. */
  | {
      readonly _tag: "Recent"
      readonly feed: RecentFeed
      readonly from: number
      readonly to: number
      readonly request: SyncRequest<RecentFeed> | null
    }
  /** What was asked for is not to be had: nobody is to wait for it. */
  | { readonly _tag: "Decline"; readonly request: SyncRequest }
  | { readonly _tag: "Wait"; readonly until: number }

/** When each thing is due. Kept by whoever leads the sync; a new leader starts with all but rereading due at once. */
export interface Agenda {
  readonly devices: number
  readonly goals: number
  readonly delta: Readonly<Record<Feed, number>>
  readonly reread: Readonly<Record<Feed, number>>
  readonly recent: Readonly<Record<RecentFeed, number>>
  /** Feeds that Withings does not give for this person, with the time to ask for them again. */
  readonly refused: Readonly<Partial<Record<AnyFeed, number>>>
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
  // One an hour, lest they come together with all that is polled.
  reread: { getmeas: now + hour, night: now + 2 * hour, day: now + 3 * hour, workout: now + 4 * hour },
  recent: { heart: now, intraday: now, "night-curve": now },
  refused: {},
})

export interface Circumstances {
  readonly now: number
  readonly cursors: ReadonlyArray<Cursor>
  readonly requests: ReadonlyArray<SyncRequest>
  readonly agenda: Agenda
  /** Days for which the minutes of days and nights are kept; 0: they are not read. */
  readonly intradayDays: number
}

export const nothingAsked = (now: number): Step => ({ _tag: "Wait", until: now + hour })

/** The answer to who asked first; waits when nobody has, or nothing can be told yet. */
export const answers = (circumstances: Circumstances): Step => {
  const recent = recentSteps(circumstances)
  for (const request of circumstances.requests) {
    const { feed } = request
    if (!isToBeHad(feed, circumstances)) return { _tag: "Decline", request }
    const step = isRecent(feed)
      ? recent.find((step) => step.request?.feed === feed)
      : toAnswer({ ...request, feed }, startedFeeds(circumstances), circumstances.now)
    if (step !== undefined) return step
  }
  return nothingAsked(circumstances.now)
}

/** What is due though nobody asks: first what shows today's values, then the past. */
export const unasked = (circumstances: Circumstances): Step => {
  const { agenda, now } = circumstances
  const open = openFeeds(circumstances)
  const started = startedFeeds(circumstances)
  const recent = recentSteps({ ...circumstances, requests: [] })
  if (agenda.devices <= now) return { _tag: "Devices" }
  for (const feed of open) {
    if (!started.some((cursor) => cursor.feed === feed)) return history(feed, undefined, now)
  }
  if (agenda.goals <= now) return { _tag: "Goals" }
  for (const cursor of started) {
    if (agenda.delta[cursor.feed] <= now)
      return { _tag: "Delta", feed: cursor.feed, span: changedSince(cursor, now) }
  }
  const behind = started
    .filter((cursor) => cursor.historyFinished === null)
    .toSorted((one, other) => (other.historyBefore ?? now) - (one.historyBefore ?? now))[0]
  if (behind !== undefined) return history(behind.feed, behind, now)
  const due = recent.find(({ feed }) => agenda.recent[feed] <= now)
  if (due !== undefined) return due
  for (const feed of open) {
    if (agenda.reread[feed] <= now) return { _tag: "Reread", feed, from: now - 30 * day, to: now + day }
  }
  return {
    _tag: "Wait",
    until: Math.min(
      agenda.devices,
      agenda.goals,
      ...open.flatMap((feed) => [agenda.delta[feed], agenda.reread[feed]]),
      ...recent.map(({ feed }) => agenda.recent[feed]),
      ...Object.values(agenda.refused).filter((until) => until > now),
    ),
  }
}

const openFeeds = ({ agenda, now }: Circumstances): ReadonlyArray<Feed> =>
  feeds.filter((feed) => (agenda.refused[feed] ?? 0) <= now)

/** Those whose first window is there, so that there is something to go on from. */
const startedFeeds = (circumstances: Circumstances): ReadonlyArray<CursorOf<Feed>> =>
  circumstances.cursors
    .flatMap(ofFeeds(openFeeds(circumstances)))
    .filter((cursor) => cursor.historyBefore !== null)

/** Withings refuses it for this person, or it is not wanted. */
const isToBeHad = (feed: AnyFeed, { agenda, intradayDays, now }: Circumstances): boolean =>
  (agenda.refused[feed] ?? 0) <= now && (!isRecent(feed) || recentFeedsOf(intradayDays).includes(feed))

type CursorOf<F extends AnyFeed> = Cursor & { readonly feed: F }

const ofFeeds =
  (wanted: ReadonlyArray<Feed>) =>
  (cursor: Cursor): ReadonlyArray<CursorOf<Feed>> => {
    const feed = wanted.find((one) => one === cursor.feed)
    return feed === undefined ? [] : [{ ...cursor, feed }]
  }

const toAnswer = (
  request: SyncRequest<Feed>,
  started: ReadonlyArray<CursorOf<Feed>>,
  now: number,
): Step | undefined => {
  const cursor = started.find((cursor) => cursor.feed === request.feed)
  return cursor === undefined ? undefined : { _tag: "Answer", request, span: changedSince(cursor, now) }
}

/** What there is to read of each list that has no `modified`, were it due now. */
const recentSteps = (circumstances: Circumstances) => {
  const { cursors, intradayDays, now, requests } = circumstances
  return recentFeedsOf(intradayDays)
    .filter((feed) => isToBeHad(feed, circumstances))
    .map((feed) => {
      const cursor = cursors.find((cursor) => cursor.feed === feed)
      const window = recentWindow(feed, cursor, now, intradayDays)
      const asked = requests.find((request) => request.feed === feed)
      const request = asked === undefined ? null : { ...asked, feed }
      return { _tag: "Recent", feed, ...window, request } as const
    })
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
    case "History":
      return step.today ? delta(step.feed) : agenda
    case "Answer":
      return delta(step.request.feed)
    case "Recent":
      return {
        ...agenda,
        recent: { ...agenda.recent, [step.feed]: now + jitter * recentEvery(step.feed, webhooks) },
      }
    case "Reread":
      return { ...agenda, reread: { ...agenda.reread, [step.feed]: now + jitter * day } }
    default:
      return agenda
  }
}

export const afterRefusal = (agenda: Agenda, step: Step, pace: Pace): Agenda => {
  const feed = step._tag === "Answer" ? step.request.feed : "feed" in step ? step.feed : null
  const next = afterStep(agenda, step, pace)
  if (feed === null) return next
  // Few have what such a list tells of, or allow it: whoever has not is to be asked next to nothing for it.
  const until = pace.now + (isRecent(feed) ? day : hour)
  return { ...next, refused: { ...next.refused, [feed]: until } }
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

const changedSince = (cursor: Cursor, now: number): Span => ({
  _tag: "ChangedSince",
  modified: Math.max(1, Math.min(cursor.newestModified, now) - overlap),
})

/** Withings sold its first scale in 2009; before that lies only what people typed in. */
const beginning = Date.UTC(2009, 5, 1) / 1000

/**
 * A window is read again as a whole after a crash, and whoever waits for news waits until it is read; but each costs
 * at least one of 120 requests a minute.
 */
const measuresInWindow = 15_000

/**
 * The first window brings what a home shows today. The next ones are as wide as they hold about as many measures as
 * are good at once, if the past is as dense as the present. From 1, since 0 reads as "none".
 */
const history = (feed: Feed, cursor: Cursor | undefined, now: number): Step => {
  if (cursor?.historyBefore === undefined || cursor.historyBefore === null) {
    return { _tag: "History", feed, from: now - 30 * day, to: now + day, today: true }
  }
  const to = cursor.historyBefore
  const covered = cursor.historyStarted - to
  const width = (covered * measuresInWindow) / Math.max(1, cursor.historyDone)
  const from = Math.floor(to - Math.max(30 * day, width))
  return { _tag: "History", feed, from: from < beginning ? 1 : from, to, today: false }
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
      return (morning ? 2 : 6) * pollEvery
    case "day":
      return 4 * pollEvery
    case "workout":
      return 6 * pollEvery
  }
}

/** Seconds until the next try after so many failures in a row. */
export const backoff = (failures: number): number => Math.min(15 * minute, 5 * 2 ** Math.min(failures, 10))
