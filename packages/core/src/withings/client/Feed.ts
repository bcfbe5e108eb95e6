import type { Measure, MeasureSource } from "../../measure/Measure.ts"

/** Which records of a feed are wanted: all that changed since (epoch seconds, Withings' `modified`), or taken between. */
export type Span =
  | { readonly _tag: "ChangedSince"; readonly modified: number }
  | { readonly _tag: "Between"; readonly from: number; readonly to: number }

/** From when to when something was taken, epoch seconds. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** The curve of an electrocardiogram. */
export interface EcgSignal {
  readonly microvolts: ReadonlyArray<number>
  /** Hertz. */
  readonly samplingFrequency: number
  /** Where the device was worn, see `measure/Position.ts`. */
  readonly position: number | null
}

/** What the stethoscope of a BPM Core or BeamO recorded. */
export interface HeartSound {
  /** Signed 16-bit samples. */
  readonly samples: Int16Array
  /** Hertz. */
  readonly samplingFrequency: number
  /** Where the device was held, see `measure/Position.ts`. */
  readonly position: number | null
}

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

/**
 * Lists that Withings answers only by when a record was taken: electrocardiograms, sounds of the heart, the minutes of
 * days, the minutes of nights. Their last days are read again now and then.
 */
export const recentFeeds = ["heart", "sound", "intraday", "night-curve"] as const
export type RecentFeed = (typeof recentFeeds)[number]

export type AnyFeed = Feed | RecentFeed

export const isRecent = (feed: AnyFeed): feed is RecentFeed => feed in sourceOfRecent

/** Minutes of days and nights lie side by side: both are what a person's curves are drawn from. */
export const sourceOfRecent: Readonly<Record<RecentFeed, MeasureSource>> = {
  heart: "heart",
  sound: "sound",
  intraday: "intraday",
  "night-curve": "intraday",
}
