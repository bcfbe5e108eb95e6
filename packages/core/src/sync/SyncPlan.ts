import { toSeconds } from "../epochSeconds.ts"
import type { SyncRequest } from "../store/requestRows.ts"
import type { Cursor } from "../store/SyncCursor.ts"
import {
  feeds,
  isRecent,
  type AnyFeed,
  type Feed,
  type RecentFeed,
  type Span,
} from "../withings/client/Feed.ts"
import { afterDone, afterRefused, dueAt, refusedUntil, type Agenda, type Task } from "./Agenda.ts"
import { day, hour, minute, type Pace } from "./intervals.ts"
import { recentFeedsOf, recentWindow } from "./recentPlan.ts"

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
  /** `announced`: webhooks should have told of all that it finds. */
  | { readonly _tag: "Delta"; readonly feed: Feed; readonly span: Span; readonly announced: boolean }
  /** Reads again all there is in a window: what is not listed any more was deleted. `announced` as in a delta. */
  | {
      readonly _tag: "Reread"
      readonly feed: Feed
      readonly from: number
      readonly to: number
      readonly announced: boolean
    }
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
  /** Drop the request: this feed is disabled or refused for the person. */
  | { readonly _tag: "Decline"; readonly request: SyncRequest }
  | { readonly _tag: "Wait"; readonly until: number }

export interface Circumstances {
  readonly now: number
  readonly cursors: ReadonlyArray<Cursor>
  readonly requests: ReadonlyArray<SyncRequest>
  readonly agenda: Agenda
  readonly pace: Pace
  /** Days for which the minutes of days and nights are kept; 0: they are not read. */
  readonly intradayDays: number
}

export const nothingAsked = (now: number): Step => ({ _tag: "Wait", until: now + hour })

/** The answer to who asked first; waits when nobody has, or nothing can be told yet. */
export const answers = (circumstances: Circumstances): Step => {
  const recent = recentSteps(circumstances)
  for (const request of circumstances.requests) {
    const { feed } = request
    if (!isWanted(feed, circumstances)) return { _tag: "Decline", request }
    const step = isRecent(feed)
      ? recent.find((step) => step.request?.feed === feed)
      : toAnswer({ ...request, feed }, startedFeeds(circumstances, feeds), circumstances.now)
    const isHopeless = step === undefined && !isOpen(feed, circumstances)
    if (isHopeless || wasRefused(request, circumstances)) return { _tag: "Decline", request }
    if (step !== undefined) return step
  }
  return nothingAsked(circumstances.now)
}

/** What is due though nobody asks: first what shows today's values, then the past. */
export const unasked = (circumstances: Circumstances): Step => {
  const { agenda, now, pace } = circumstances
  const open = openFeeds(circumstances)
  const started = startedFeeds(circumstances, open)
  const recent = recentSteps({ ...circumstances, requests: [] }).filter(({ feed }) =>
    isOpen(feed, circumstances),
  )
  const isDue = (task: Task) => dueAt(task, agenda, now, pace) <= now
  if (isDue("devices")) return { _tag: "Devices" }
  for (const feed of open) {
    if (!started.some((cursor) => cursor.feed === feed)) return history(feed, undefined, now)
  }
  if (isDue("goals")) return { _tag: "Goals" }
  // With webhooks, a feed that is due for both is only reread: that finds what a safety poll would.
  const isReread = (feed: Feed) => pace.announced.includes(feed) && isDue(`reread ${feed}`)
  const stale = started.find(({ feed }) => isDue(feed) && !isReread(feed))
  if (stale !== undefined) return delta(stale, circumstances)
  const behind = started
    .filter((cursor) => cursor.historyFinished === null)
    .toSorted((one, other) => (other.historyBefore ?? now) - (one.historyBefore ?? now))[0]
  if (behind !== undefined) return history(behind.feed, behind, now)
  const unread = recent.find(({ feed }) => isDue(feed))
  if (unread !== undefined) return unread
  const unchecked = open.find((feed) => isDue(`reread ${feed}`))
  if (unchecked !== undefined) return reread(unchecked, circumstances)
  const rereads = open.map((feed): Task => `reread ${feed}`)
  const tasks: ReadonlyArray<Task> = [
    "devices",
    "goals",
    ...open,
    ...rereads,
    ...recent.map(({ feed }) => feed),
  ]
  return {
    _tag: "Wait",
    until: Math.min(
      ...tasks.map((task) => dueAt(task, agenda, now, pace)),
      ...[...feeds, ...recentFeedsOf(circumstances.intradayDays)].flatMap(
        (feed) => refusedUntil(feed, agenda, now) ?? [],
      ),
    ),
  }
}

const delta = (cursor: CursorOf<Feed>, { now, pace }: Circumstances): Step => ({
  _tag: "Delta",
  feed: cursor.feed,
  span: changedSince(cursor, now),
  announced: pace.announced.includes(cursor.feed),
})

const reread = (feed: Feed, { now, pace }: Circumstances): Step => ({
  _tag: "Reread",
  feed,
  from: now - 30 * day,
  to: now + day,
  announced: pace.announced.includes(feed),
})

const isOpen = (feed: AnyFeed, { agenda, now }: Circumstances): boolean =>
  refusedUntil(feed, agenda, now) === null

const openFeeds = (circumstances: Circumstances): ReadonlyArray<Feed> =>
  feeds.filter((feed) => isOpen(feed, circumstances))

/** Those whose first window is there, so that there is something to go on from. */
const startedFeeds = (circumstances: Circumstances, of: ReadonlyArray<Feed>): ReadonlyArray<CursorOf<Feed>> =>
  circumstances.cursors.flatMap(ofFeeds(of)).filter((cursor) => cursor.historyBefore !== null)

/**
 * Who asked before Withings refused the feed is not kept waiting for the next try. Whoever asks later knows something
 * new, and Withings is asked once more.
 */
const wasRefused = ({ askedAt, feed }: SyncRequest, { agenda }: Circumstances): boolean => {
  const refusal = agenda.refused[feed]
  return refusal !== undefined && toSeconds(askedAt) <= refusal.at
}

/** Minutes are read only where someone wants them. */
const isWanted = (feed: AnyFeed, { intradayDays }: Circumstances): boolean =>
  !isRecent(feed) || recentFeedsOf(intradayDays).includes(feed)

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
  return recentFeedsOf(intradayDays).map((feed) => {
    const cursor = cursors.find((cursor) => cursor.feed === feed)
    const window = recentWindow(feed, cursor, now, intradayDays)
    const asked = requests.find((request) => request.feed === feed)
    const request = asked === undefined ? null : { ...asked, feed }
    return { _tag: "Recent", feed, ...window, request } as const
  })
}

const taskOf = (step: Step): Task | null => {
  switch (step._tag) {
    case "Devices":
      return "devices"
    case "Goals":
      return "goals"
    case "Delta":
    case "Recent":
      return step.feed
    // The first window is as good as a delta, those of the past are not.
    case "History":
      return step.today ? step.feed : null
    case "Answer":
      return step.request.feed
    case "Reread":
      return `reread ${step.feed}`
    default:
      return null
  }
}

/** What was just done is due again after its interval. */
export const afterStep = (agenda: Agenda, step: Step, now: number): Agenda => {
  const task = taskOf(step)
  if (task === null) return agenda
  const after = afterDone(agenda, task, now)
  return step._tag === "Reread" && step.announced ? afterDone(after, step.feed, now) : after
}

/** What Withings refused is left alone for a while, whoever asks for it. */
export const afterRefusal = (agenda: Agenda, step: Step, now: number): Agenda => {
  const task = taskOf(step) ?? ("feed" in step ? step.feed : null)
  return task === null ? agenda : afterRefused(agenda, task, now)
}

/** Withings answers, but gives none of the feeds. */
export const allRefused = ({ refused }: Agenda): boolean => feeds.every((feed) => refused[feed] !== undefined)

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

/** Seconds until the next try after so many failures in a row. */
export const backoff = (failures: number): number => Math.min(15 * minute, 5 * 2 ** Math.min(failures, 10))
