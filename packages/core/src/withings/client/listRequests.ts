import {
  dayFields,
  fieldNames,
  intradayFields,
  nightCurveFields,
  nightFields,
  workoutFields,
} from "./dataFields.ts"
import type { Decode } from "../decode/Decoded.ts"
import { toDay } from "../decode/toDay.ts"
import { toHeart } from "../decode/toHeart.ts"
import { toIntraday } from "../decode/toIntraday.ts"
import { toMeasures } from "../decode/toMeasures.ts"
import { toNight } from "../decode/toNight.ts"
import { toNightCurve } from "../decode/toNightCurve.ts"
import { toSound } from "../decode/toSound.ts"
import { toWorkout } from "../decode/toWorkout.ts"
import { readEpochs, type readPage } from "../wire/envelope.ts"
import type { AnyFeed, RecentFeed, Span, Window } from "./Feed.ts"

type Params = Readonly<Record<string, string | number>>

/** How a list is requested, where its records are in the answer, and how they become measures. */
interface ListRequest {
  readonly path: string
  readonly action: string
  readonly params: (span: Span) => Params
  readonly list: string
  /** Left out: `readPage`. */
  readonly read?: typeof readPage
  readonly decode: Decode
}

const day = 86_400

const seconds = (span: Span): Params =>
  span._tag === "ChangedSince" ? { lastupdate: span.modified } : { startdate: span.from, enddate: span.to }

const ymd = (at: number) => new Date(at * 1000).toISOString().slice(0, 10)

/** Days are local and inclusive; where the person lives, the day may be one ahead of UTC's or one behind. */
const days = (span: Span): Params =>
  span._tag === "ChangedSince"
    ? { lastupdate: span.modified }
    : { startdateymd: ymd(Math.max(0, span.from - day)), enddateymd: ymd(span.to + day) }

export const listRequests: Readonly<Record<AnyFeed, ListRequest>> = {
  getmeas: {
    path: "/measure",
    action: "getmeas",
    // Category 1: measures. Objectives (2) come from getgoals.
    params: (span) => ({ category: 1, ...seconds(span) }),
    list: "measuregrps",
    decode: toMeasures,
  },
  night: {
    path: "/v2/sleep",
    action: "getsummary",
    params: (span) => ({ ...days(span), data_fields: `${fieldNames(nightFields)},night_events` }),
    list: "series",
    decode: toNight,
  },
  day: {
    path: "/v2/measure",
    action: "getactivity",
    params: (span) => ({ ...days(span), data_fields: fieldNames(dayFields) }),
    list: "activities",
    decode: toDay,
  },
  workout: {
    path: "/v2/measure",
    action: "getworkouts",
    params: (span) => ({ ...days(span), data_fields: fieldNames(workoutFields) }),
    list: "series",
    decode: toWorkout,
  },
  heart: { path: "/v2/heart", action: "list", params: seconds, list: "series", decode: toHeart },
  sound: { path: "/v2/stetho", action: "list", params: seconds, list: "series", decode: toSound },
  intraday: {
    path: "/v2/measure",
    action: "getintradayactivity",
    params: (span) => ({ ...seconds(span), data_fields: fieldNames(intradayFields) }),
    list: "series",
    read: readEpochs,
    decode: toIntraday,
  },
  "night-curve": {
    path: "/v2/sleep",
    action: "get",
    params: (span) => ({ ...seconds(span), data_fields: fieldNames(nightCurveFields) }),
    list: "series",
    decode: toNightCurve,
  },
}

/**
 * The windows to request one by one, the newest first, so that what is shown now arrives first. Withings silently cuts
 * off minutes beyond a day.
 */
export const windowsOf = (feed: RecentFeed, { from, to }: Window): ReadonlyArray<Window> => {
  const longest = feed === "heart" || feed === "sound" ? Math.max(1, to - from) : day
  const count = Math.max(1, Math.ceil((to - from) / longest))
  return Array.from({ length: count }, (_, nth) => ({
    from: Math.max(from, to - (nth + 1) * longest),
    to: to - nth * longest,
  }))
}
