import type { Measure } from "../measure/Measure.ts"

/** Which records of a feed are wanted: all that changed since (epoch seconds, Withings' `modified`), or taken between. */
export type Span =
  | { readonly _tag: "ChangedSince"; readonly modified: number }
  | { readonly _tag: "Between"; readonly from: number; readonly to: number }

/** One page of a feed, in the order Withings sent it (which is no order). */
export interface MeasurePage {
  readonly measures: ReadonlyArray<Measure>
  /** Records of Withings on this page: groups, nights, days. */
  readonly records: number
  /** Records that could not be read, each with its reason. They are skipped, the page is kept. */
  readonly skipped: ReadonlyArray<{ readonly record: string; readonly reason: string }>
  /** The newest `modified` of the page, epoch seconds; 0 for an empty page. */
  readonly newestModified: number
}

/** Lists of records that Withings answers by `modified`, each with a cursor of its own. */
export const feeds = ["getmeas", "night", "day", "workout"] as const
export type Feed = (typeof feeds)[number]
