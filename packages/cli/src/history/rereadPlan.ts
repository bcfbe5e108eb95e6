import type { SyncProgress } from "@withings-bridge/core"

/** A period of a feed, in epoch seconds. */
export interface Part {
  readonly feed: SyncProgress["feed"]
  readonly from: number
  readonly to: number
}

/** Withings launched its first scale in June 2009. */
const beginning = Date.UTC(2009, 5, 1) / 1_000
/** Few requests for a long history, but short enough that webhooks in between do not wait. */
const years = 3 * 365 * 86_400

/** All time, newest first. The last part begins at 1, since Withings reads 0 as "none". */
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
