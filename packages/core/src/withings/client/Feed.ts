import type { MeasureSource } from "../../measure/Measure.ts"
import type { Decoded } from "../decode/Decoded.ts"

/** The records of a feed to read: all that changed since (epoch seconds, Withings' `modified`), or taken between. */
export type Span =
  | { readonly _tag: "ChangedSince"; readonly modified: number }
  | ({ readonly _tag: "Between" } & Window)

/** A stretch of time, epoch seconds. */
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

/** A recording of the stethoscope of a BPM Core or BeamO. */
export interface HeartSound {
  /** Signed 16-bit samples. */
  readonly samples: Int16Array
  /** Hertz. */
  readonly samplingFrequency: number
  /** Where the device was held, see `measure/Position.ts`. */
  readonly position: number | null
}

/** A webhook at Withings: the kind of news, and the address that is called. */
export interface Subscription {
  readonly appli: number
  readonly callbackUrl: string
}

/** One page of a feed, in Withings' order, which is arbitrary. */
export interface MeasurePage extends Decoded {
  /** Records of Withings on this page: groups, nights, days. */
  readonly records: number
}

/** Lists that Withings answers by `modified`, each with its own cursor. */
export const feeds = ["getmeas", "night", "day", "workout"] as const
export type Feed = (typeof feeds)[number]

/**
 * Lists that Withings answers only by when a record was taken: electrocardiograms, heart sounds, the minutes of days and
 * of nights. Their last days are read again regularly.
 */
export const recentFeeds = ["heart", "sound", "intraday", "night-curve"] as const
export type RecentFeed = (typeof recentFeeds)[number]

export const allFeeds = [...feeds, ...recentFeeds] as const
export type AnyFeed = (typeof allFeeds)[number]

export const isRecent = (feed: AnyFeed): feed is RecentFeed => feed in sourceOfRecent

/** Minutes of days and nights share a source: a person's curves are drawn from both. */
export const sourceOfRecent: Readonly<Record<RecentFeed, MeasureSource>> = {
  heart: "heart",
  sound: "sound",
  intraday: "intraday",
  "night-curve": "intraday",
}
