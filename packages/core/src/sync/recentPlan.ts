import type { Cursor } from "../store/SyncCursor.ts"
import { recentFeeds, type RecentFeed, type Window } from "../withings/client/Feed.ts"
import { day, hour } from "./intervals.ts"

/** Devices may upload late, and a night is reported when it is over. */
const overlap = 6 * hour

/** Recordings are few: a month costs one request, like a day. */
const recordingsLookBack = 30 * day

const isOfRecordings = (feed: RecentFeed): boolean => feed === "heart" || feed === "sound"

/** The window to read of a list without `modified`. Minutes are bulky and kept for a few days only. */
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
  // Without a device for it, one request is enough.
  if (cursor.newestModified === 0) return { from: Math.max(earliest, now - day), to: now }
  return { from: Math.max(earliest, cursor.newestModified - overlap), to: now }
}

export const recentFeedsOf = (intradayDays: number): ReadonlyArray<RecentFeed> =>
  recentFeeds.filter((feed) => isOfRecordings(feed) || intradayDays > 0)
