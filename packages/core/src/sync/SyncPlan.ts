import { toSeconds } from "../epochSeconds.ts"
import type { SyncRequest } from "../store/requestRows.ts"
import type { Cursor } from "../store/SyncCursor.ts"
import {
  allFeeds,
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

/** The next thing to do for a person. Times are epoch seconds. */
export type Step =
  | { readonly _tag: "Devices" }
  | { readonly _tag: "Goals" }
  /** `today`: the first window of a feed, with the values that homes show today. */
  | {
      readonly _tag: "History"
      readonly feed: Feed
      readonly from: number
      readonly to: number
      readonly today: boolean
    }
  /** `announced`: webhooks should have announced everything that it finds. */
  | { readonly _tag: "Delta"; readonly feed: Feed; readonly span: Span; readonly announced: boolean }
  /** Reads a window again: what Withings no longer lists was deleted. `announced` as in a delta. */
  | {
      readonly _tag: "Reread"
      readonly feed: Feed
      readonly from: number
      readonly to: number
      readonly announced: boolean
    }
  /** A requested delta; the request's window, if it has one, is read again as well. */
  | { readonly _tag: "Answer"; readonly request: SyncRequest<Feed>; readonly span: Span }
  /** The last days of a list without `modified`; `request` if it was requested. */
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

/** The step for the oldest request that can be answered now; waits if there is none. */
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

/** What is due without a request: first today's values, then the history. */
export const unasked = (circumstances: Circumstances): Step => {
  const { agenda, now, pace } = circumstances
  const open = feeds.filter((feed) => isOpen(feed, circumstances))
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
  // A reread finds all that a safety poll would.
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
  const rereads = open.map((feed) => `reread ${feed}` as const)
  const tasks = ["devices", "goals", ...open, ...rereads, ...recent.map(({ feed }) => feed)] as const
  const wanted = allFeeds.filter((feed) => isWanted(feed, circumstances))
  const tries = wanted.flatMap((feed) => refusedUntil(feed, agenda, now) ?? [])
  return { _tag: "Wait", until: Math.min(...tasks.map((task) => dueAt(task, agenda, now, pace)), ...tries) }
}

const delta = (cursor: FeedCursor, { now, pace }: Circumstances): Step => ({
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

/** Those whose first window was read. */
const startedFeeds = ({ cursors }: Circumstances, of: ReadonlyArray<Feed>): ReadonlyArray<FeedCursor> =>
  cursors.filter(
    (cursor): cursor is FeedCursor =>
      of.some((feed) => feed === cursor.feed) && cursor.historyBefore !== null,
  )

/** A request from before the refusal is declined; a later one may know something new, so Withings is tried again. */
const wasRefused = ({ askedAt, feed }: SyncRequest, { agenda }: Circumstances): boolean => {
  const refusal = agenda.refused[feed]
  return refusal !== undefined && toSeconds(askedAt) <= refusal.at
}

/** Minutes are only read where they are kept. */
const isWanted = (feed: AnyFeed, { intradayDays }: Circumstances): boolean =>
  !isRecent(feed) || recentFeedsOf(intradayDays).includes(feed)

type FeedCursor = Cursor & { readonly feed: Feed }

const toAnswer = (
  request: SyncRequest<Feed>,
  started: ReadonlyArray<FeedCursor>,
  now: number,
): Step | undefined => {
  const cursor = started.find((cursor) => cursor.feed === request.feed)
  return cursor === undefined ? undefined : { _tag: "Answer", request, span: changedSince(cursor, now) }
}

/** The step for each list without `modified`, were it due now. */
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
    // Only the first window includes today, as a delta does.
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

/** The agenda after a step succeeded. */
export const afterStep = (agenda: Agenda, step: Step, now: number): Agenda => {
  const task = taskOf(step)
  if (task === null) return agenda
  const after = afterDone(agenda, task, now)
  return step._tag === "Reread" && step.announced ? afterDone(after, step.feed, now) : after
}

/** The agenda after Withings refused a step. */
export const afterRefusal = (agenda: Agenda, step: Step, now: number): Agenda => {
  const task = taskOf(step) ?? ("feed" in step ? step.feed : null)
  return task === null ? agenda : afterRefused(agenda, task, now)
}

/** Withings refuses every feed. */
export const allRefused = ({ refused }: Agenda): boolean => feeds.every((feed) => refused[feed] !== undefined)

/** `modified` is by Withings' clock, and records of the same second may be listed at different times. */
const overlap = 10 * minute

const changedSince = (cursor: Cursor, now: number): Span => ({
  _tag: "ChangedSince",
  modified: Math.max(1, Math.min(cursor.newestModified, now) - overlap),
})

/** Withings sold its first scale in 2009; earlier measures were typed in. */
const beginning = Date.UTC(2009, 5, 1) / 1000

/** After a crash a window is read again, and requests wait for it; but each costs one of 120 requests a minute. */
const measuresInWindow = 15_000

/**
 * The first window has the values that homes show today. The next ones are wide enough for `measuresInWindow`, if the past
 * is as dense as the present. The last begins at 1, since Withings reads 0 as "none".
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

/** Whether this window completes the first history. */
export const isLast = (step: { readonly from: number }): boolean => step.from <= 1

/**
 * Estimates how many measures the first history has, if the rest is as dense as the part that was read.
 * `firstSession`: the first use of the person's first device; null: unknown.
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

/** Seconds until the next try after this many failures in a row. */
export const backoff = (failures: number): number => Math.min(15 * minute, 5 * 2 ** Math.min(failures, 10))
