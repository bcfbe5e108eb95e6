import type { Measure } from "../measure/Measure.ts"
import type { Reading } from "./Reading.ts"
import { isStale, type Clock } from "./stale.ts"
import { featureKeyOf } from "./toFeature.ts"

/** At the same moment the one changed last; beyond that anything, as long as the order of input decides nothing. */
const isNewer = (a: Measure, b: Measure): boolean => {
  if (a.at !== b.at) return a.at > b.at
  if (a.modified !== b.modified) return a.modified > b.modified
  return identity(a) > identity(b)
}

const identity = ({ source, group, position, value }: Measure): string =>
  JSON.stringify([source, group, position, value])

export const newest = (measures: ReadonlyArray<Measure>): Measure | null =>
  measures.reduce<Measure | null>((best, next) => (best === null || isNewer(next, best) ? next : best), null)

/** The newest measure of each feature, by the feature's key. */
export const newestByFeature = (measures: ReadonlyArray<Measure>): ReadonlyMap<string, Measure> => {
  const held = new Map<string, Measure>()
  for (const measure of measures) {
    const key = featureKeyOf(measure)
    const best = held.get(key)
    if (best === undefined || isNewer(measure, best)) held.set(key, measure)
  }
  return held
}

export const toReading = (measure: Measure, clock: Clock): Reading => ({
  value: measure.value,
  at: measure.at,
  stale: isStale(measure, clock),
})
