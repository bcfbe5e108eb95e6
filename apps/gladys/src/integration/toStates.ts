import type { Feature, Language, Point, Reading } from "@withings-bridge/core"
import { isoTime } from "../isoTime.ts"
import { type Pairing, toGladysValue } from "../toGladys.ts"
import type { State } from "./HostApi.ts"

/** What Gladys was told of one feature: all that was taken from `low` to `high`, epoch seconds. */
export interface Told {
  readonly high: number
  readonly low: number
  /** The value at `high`, in the feature's own unit: a day's counter changes its value, not its time. */
  readonly value: number
}

const hour = 3600

/**
 * Until when a measure counts as happening now. Withings hands on a weighing within minutes, a night when its sleeper
 * has long got up, and a day's counter under the midnight it started at.
 */
const freshFor = (feature: Feature): number => {
  if (feature.nature === "counter") return 48 * hour
  return feature.category === "sleep" && feature.nature !== "presence" ? 12 * hour : hour
}

/** One feature at one moment. Times are epoch seconds. */
interface Moment {
  readonly pairing: Pairing
  /** null: nothing of it was ever told. */
  readonly told: Told | null
  /** The measures taken after the last one told and before the one that shows now. */
  readonly between: ReadonlyArray<Point>
  readonly now: number
  readonly language: Language
  /** When the user added the feature to Gladys, null where that is not known. */
  readonly since: number | null
}

/**
 * What Gladys has to be told after a change: a fresh value without a date, because only that fires scenes, an older
 * one with its date; never the same measure in both ways, because only dated states are recognized when they come
 * twice. The value that a device had when it was added is no news, however fresh: it goes with its date.
 */
export const toNewStates = ({
  pairing,
  told,
  between,
  now,
  language,
  since,
}: Moment): { readonly states: ReadonlyArray<State>; readonly told: Told | null } => {
  const { reading } = pairing.feature
  const at = reading === null ? 0 : tellableTime(pairing.feature, reading, told, now)
  const news =
    reading !== null &&
    (told === null || at > told.high || (at === told.high && reading.value !== told.value))
  if (!news) return { states: [], told }
  const point = { at, value: reading.value }
  const known = told !== null || (since !== null && at >= since)
  const live = known && now - at <= freshFor(pairing.feature)
  return {
    states: [
      ...(isText(pairing) ? [] : between.map((older) => toDatedState(pairing, older, language))),
      ...newestState(pairing, point, { live, known, language }),
    ],
    told: { high: at, low: told?.low ?? at, value: reading.value },
  }
}

/**
 * A state of the future would hide every later one from Gladys, and one older than the last is hidden by that: a bed that
 * was shown as unknown, and then turns out otherwise for a time before that, is told as of now.
 */
const tellableTime = ({ nature }: Feature, reading: Reading, told: Told | null, now: number): number => {
  const isLate = told !== null && reading.at <= told.high && reading.value !== told.value
  return nature === "presence" && isLate ? now : Math.min(reading.at, now)
}

const isText = ({ strings }: Pairing) => strings.type === "text"

/** Words cannot be dated: those that the device had when it was added came with its discovery. */
const newestState = (
  pairing: Pairing,
  point: Point,
  { live, known, language }: { readonly live: boolean; readonly known: boolean; readonly language: Language },
): ReadonlyArray<State> => {
  if (isText(pairing)) return known ? [valueState(pairing, point, language)] : []
  return [live ? valueState(pairing, point, language) : toDatedState(pairing, point, language)]
}

/** A measure of the past. */
export const toDatedState = (pairing: Pairing, point: Point, language: Language): State => ({
  ...valueState(pairing, point, language),
  created_at: isoTime(point.at),
})

const valueState = ({ feature, strings, gladys }: Pairing, point: Point, language: Language): State => ({
  device_feature_external_id: gladys.external_id,
  ...toGladysValue(feature, strings, point.value, language),
})
