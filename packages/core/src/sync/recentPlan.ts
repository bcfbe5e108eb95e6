import type { Cursor } from "../store/SyncCursor.ts"
import { recentFeeds, type RecentFeed, type Window } from "../withings/client/Feed.ts"
import { day, hour } from "./intervals.ts"

/** A device may bring its minutes late, and a night is told when it is over. */
const overlap = 6 * hour

/** Recordings are few, so that looking at a month costs the same one request as looking at a day. */
const recordingsLookBack = 30 * day

const isOfRecordings = (feed: RecentFeed): boolean => feed === "heart" || feed === "sound"

/** What is read of a list that has no `modified`. The minutes are large: they are kept for a few days only. */
export const recentWindow = (
  feed: RecentFeed,
  cursor: Cursor | undefined,
  now: number,
  intradayDays: number,
): Window => {
  if (isOfRecordings(feed))
    return { from: cursor === undefined ? 1 : now - recordingsLookBack, to: now + day }
  const earliest = now - intradayDays * day
  if (cursor === undefined) return { from: earliest, to: now }
  // Who has no device for it is asked with the one request that a day takes.
  if (cursor.newestModified === 0) return { from: Math.max(earliest, now - day), to: now }
  return { from: Math.max(earliest, cursor.newestModified - overlap), to: now }
}

export const recentFeedsOf = (intradayDays: number): ReadonlyArray<RecentFeed> =>
  recentFeeds.filter((feed) => isOfRecordings(feed) || intradayDays > 0)
