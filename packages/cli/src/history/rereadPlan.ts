import type { SyncProgress } from "@withings-bridge/core"

/** One list of measures, between two times in epoch seconds. */
export interface Part {
  readonly feed: SyncProgress["feed"]
  readonly from: number
  readonly to: number
}

/** Withings' first scale came in June 2009. */
const beginning = Date.UTC(2009, 5, 1) / 1_000
/** Few enough requests for a long history, short enough that webhooks in between do not wait. */
const years = 3 * 365 * 86_400

/** Everything there is of one list, the newest first. The last part begins at 1, since 0 reads as "none" at Withings. */
export const rereadParts = (feed: Part["feed"], now: number): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  let to = now
  do {
    const from = to - years < beginning ? 1 : to - years
    parts.push({ feed, from, to })
    to = from
  } while (to > 1)
  return parts
}
