import type { Feature } from "@withings-bridge/core"
import type { Point } from "../FeatureHistory.ts"
import { isoTime } from "../isoTime.ts"
import { type Language, type Pairing, toGladysValue } from "../toGladys.ts"
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

/**
 * What Gladys has to be told after a change: a fresh value without a date, because only that fires scenes, an older
 * one with its date; never the same measure in both ways, because only dated states are recognized when they come
 * twice. `between` are the measures taken after the last one told and before the one that shows now.
 */
export const toNewStates = (
  pairing: Pairing,
  told: Told | null,
  between: ReadonlyArray<Point>,
  now: number,
  language: Language,
): { readonly states: ReadonlyArray<State>; readonly told: Told | null } => {
  const { reading } = pairing.feature
  // A state of the future would hide every later one from Gladys.
  const at = reading === null ? 0 : Math.min(reading.at, now)
  const news =
    reading !== null &&
    (told === null || at > told.high || (at === told.high && reading.value !== told.value))
  if (!news) return { states: [], told }
  const fresh = now - at <= freshFor(pairing.feature)
  const point = { at, value: reading.value }
  const newest = fresh || pairing.strings.type === "text" ? valueState(pairing, point, language) : null
  return {
    states: [
      ...(pairing.strings.type === "text"
        ? []
        : between.map((older) => toDatedState(pairing, older, language))),
      newest ?? toDatedState(pairing, point, language),
    ],
    told: { high: at, low: told?.low ?? at, value: reading.value },
  }
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
