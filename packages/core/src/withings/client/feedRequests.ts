import type { PersonId } from "../../measure/Person.ts"
import { dayFields, nightFields, workoutFields, type DataField } from "./dataFields.ts"
import type { Decoded } from "../decode/Decoded.ts"
import { toDay } from "../decode/toDay.ts"
import { toMeasures } from "../decode/toMeasures.ts"
import { toNight } from "../decode/toNight.ts"
import { toWorkout } from "../decode/toWorkout.ts"
import type { Feed, Span } from "./Feed.ts"

/** How a feed is asked for, where its records are in the answer, and how they become measures. */
interface FeedRequest {
  readonly request: (span: Span) => {
    readonly path: string
    readonly action: string
    readonly params: Readonly<Record<string, string | number>>
  }
  readonly list: string
  readonly decode: (personId: PersonId, records: ReadonlyArray<unknown>, now: number) => Decoded
}

type Params = Readonly<Record<string, string | number>>

const secondsOf = (span: Span): Params =>
  span._tag === "ChangedSince" ? { lastupdate: span.modified } : { startdate: span.from, enddate: span.to }

const day = 86_400
const ymd = (at: number) => new Date(at * 1000).toISOString().slice(0, 10)

/** Days are local and inclusive; where the person lives, the day may be one ahead of UTC's or one behind. */
const daysOf = (span: Span): Params =>
  span._tag === "ChangedSince"
    ? { lastupdate: span.modified }
    : { startdateymd: ymd(Math.max(0, span.from - day)), enddateymd: ymd(span.to + day) }

const named = (fields: ReadonlyArray<DataField>) => ({
  data_fields: fields.map(({ field }) => field).join(","),
})

export const feedRequests: Readonly<Record<Feed, FeedRequest>> = {
  getmeas: {
    // Category 1: what was measured. 2 would be objectives, and they come by getgoals.
    request: (span) => ({ path: "/measure", action: "getmeas", params: { category: 1, ...secondsOf(span) } }),
    list: "measuregrps",
    decode: toMeasures,
  },
  night: {
    request: (span) => ({
      path: "/v2/sleep",
      action: "getsummary",
      params: { ...daysOf(span), data_fields: `${named(nightFields).data_fields},night_events` },
    }),
    list: "series",
    decode: toNight,
  },
  day: {
    request: (span) => ({
      path: "/v2/measure",
      action: "getactivity",
      params: { ...daysOf(span), ...named(dayFields) },
    }),
    list: "activities",
    decode: toDay,
  },
  workout: {
    request: (span) => ({
      path: "/v2/measure",
      action: "getworkouts",
      params: { ...daysOf(span), ...named(workoutFields) },
    }),
    list: "series",
    decode: toWorkout,
  },
}
