import type { Feature, Language, Point, Reading } from "@withings-bridge/core"
import { isoTime } from "../isoTime.ts"
import { type Pairing, toGladysValue } from "../toGladys.ts"
import type { State } from "./HostApi.ts"

/** What Gladys has of one feature: everything from `low` to `high`, epoch seconds. */
export interface Sent {
  readonly high: number
  readonly low: number
  /** The value at `high`, in the feature's own unit: a day's counter changes its value, not its time. */
  readonly value: number
}

const hour = 3600

/**
 * Seconds for which a measure counts as current. Withings sends a weighing within minutes, a night long after its end, and
 * the counter of a day under the midnight at which it began.
 */
const freshFor = (feature: Feature): number => {
  if (feature.nature === "counter") return 48 * hour
  return feature.category === "sleep" && feature.nature !== "presence" ? 12 * hour : hour
}

/** One feature at one moment. Times are epoch seconds. */
interface Moment {
  readonly pairing: Pairing
  /** null: nothing was sent yet. */
  readonly sent: Sent | null
  /** The measures between the last one sent and the current one. */
  readonly between: ReadonlyArray<Point>
  readonly now: number
  readonly language: Language
  /** When the user added the feature to Gladys, null where that is not known. */
  readonly since: number | null
}

/**
 * The states to send after a change: a fresh value without a date, because only that starts scenes, an older one with its
 * date. Never the same measure in both ways: Gladys recognizes only dated states that come twice. The value that a device
 * had when it was added is sent with its date, however fresh.
 */
export const toNewStates = ({
  pairing,
  sent,
  between,
  now,
  language,
  since,
}: Moment): { readonly states: ReadonlyArray<State>; readonly sent: Sent | null } => {
  const { reading } = pairing.feature
  const at = reading === null ? 0 : timeToSend(pairing.feature, reading, sent, now)
  const news =
    reading !== null &&
    (sent === null || at > sent.high || (at === sent.high && reading.value !== sent.value))
  if (!news) return { states: [], sent }
  const point = { at, value: reading.value }
  const known = sent !== null || (since !== null && at >= since)
  const live = known && now - at <= freshFor(pairing.feature)
  return {
    states: [
      ...(isText(pairing) ? [] : between.map((older) => toDatedState(pairing, older, language))),
      ...newestState(pairing, point, { live, known, language }),
    ],
    sent: { high: at, low: sent?.low ?? at, value: reading.value },
  }
}

/**
 * Gladys would hide all states behind one of the future, and hides one that is older than the last: a correction of a bed
 * that was shown as unknown gets the present time.
 */
const timeToSend = ({ nature }: Feature, reading: Reading, sent: Sent | null, now: number): number => {
  const isLate = sent !== null && reading.at <= sent.high && reading.value !== sent.value
  return nature === "presence" && isLate ? now : Math.min(reading.at, now)
}

const isText = ({ strings }: Pairing) => strings.type === "text"

/** Texts cannot be dated. The text that a device had when it was added came with its discovery. */
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
