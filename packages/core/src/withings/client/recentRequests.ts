import type { PersonId } from "../../measure/Person.ts"
import { intradayFields, nightCurveFields, type DataField } from "./dataFields.ts"
import type { Decoded } from "../decode/Decoded.ts"
import type { RecentFeed } from "./Feed.ts"
import { toHeart } from "../decode/toHeart.ts"
import { toIntraday } from "../decode/toIntraday.ts"
import { toNightCurve } from "../decode/toNightCurve.ts"
import { toSound } from "../decode/toSound.ts"
import { readPage, type Page } from "../wire/envelope.ts"
import { readEpochs } from "../wire/epochs.ts"
import type { Wire } from "../wire/read.ts"

/** How the records of a stretch of time are asked for, and how they become measures. */
interface RecentRequest {
  readonly path: string
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  /** Seconds that one request may span: Withings cuts off what lies beyond, without a word. null: any. */
  readonly longest: number | null
  readonly read: (body: Wire) => Page | null
  readonly decode: (personId: PersonId, records: ReadonlyArray<unknown>, now: number) => Decoded
}

const day = 86_400

const named = (fields: ReadonlyArray<DataField>) => ({
  data_fields: fields.map(({ field }) => field).join(","),
})

export const recentRequests: Readonly<Record<RecentFeed, RecentRequest>> = {
  heart: {
    path: "/v2/heart",
    action: "list",
    params: {},
    longest: null,
    read: (body) => readPage(body, "series"),
    decode: toHeart,
  },
  sound: {
    path: "/v2/stetho",
    action: "list",
    params: {},
    longest: null,
    read: (body) => readPage(body, "series"),
    decode: toSound,
  },
  intraday: {
    path: "/v2/measure",
    action: "getintradayactivity",
    params: named(intradayFields),
    longest: day,
    read: (body) => readEpochs(body, "series"),
    decode: toIntraday,
  },
  "night-curve": {
    path: "/v2/sleep",
    action: "get",
    params: named(nightCurveFields),
    longest: day,
    read: (body) => readPage(body, "series"),
    decode: toNightCurve,
  },
}

/** The newest first: what is shown now is there soonest. */
export const windowsOf = (
  feed: RecentFeed,
  { from, to }: { readonly from: number; readonly to: number },
): ReadonlyArray<{ readonly from: number; readonly to: number }> => {
  const longest = recentRequests[feed].longest ?? Math.max(1, to - from)
  const count = Math.max(1, Math.ceil((to - from) / longest))
  return Array.from({ length: count }, (_, nth) => ({
    from: Math.max(from, to - (nth + 1) * longest),
    to: to - nth * longest,
  }))
}
